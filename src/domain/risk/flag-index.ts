import type { Word } from './command-tree.ts';
import type { Flags } from './rule.ts';
import { leadOf, literalOf } from './word.ts';

/** What a listed flag does. */
export type FlagEffect = keyof Flags;

/** A flag's effect and whether it takes a value. */
export interface FlagShape {
  readonly effect: FlagEffect;
  readonly takes: 'nothing' | 'value' | 'attached';
}

/** A flag table made ready for lookup. */
export interface FlagIndex {
  readonly shapes: ReadonlyMap<string, FlagShape>;
  /** `--replicas=0`: effects of one exact value. */
  readonly exact: ReadonlyMap<string, FlagEffect>;
  /** `-f=http*`: effects of values that begin alike. */
  readonly beginnings: readonly (readonly [string, FlagEffect])[];
}

const indexes = new WeakMap<Flags, FlagIndex>();
const effects = ['harmless', 'reading', 'bounding', 'mutating', 'destructive', 'executes', 'writes'] as const;
const takesByMark = { '': 'nothing', '=': 'value', '?': 'attached' } as const;

/** The index of a table, built once. */
export function flagIndexOf(flags: Flags): FlagIndex {
  const index = indexes.get(flags) ?? buildIndex(flags);
  indexes.set(flags, index);
  return index;
}

function buildIndex(flags: Flags): FlagIndex {
  const tokens = effects.flatMap((effect) =>
    (flags[effect] ?? '')
      .split(/\s+/)
      .filter(Boolean)
      .map((token) => ({ token, effect })),
  );
  const isExact = (token: string) => /=./.test(token);
  const exact = tokens.filter(({ token }) => isExact(token));
  // A flag known only by an exact value takes other values as well.
  const implied = exact.map(({ token }) => shapeOf(`${token.slice(0, token.indexOf('='))}=`, 'harmless'));
  const plain = tokens.filter(({ token }) => !isExact(token));
  return {
    shapes: new Map([...implied, ...plain.map(({ token, effect }) => shapeOf(token, effect))]),
    exact: new Map(exact.map(({ token, effect }) => [token, effect])),
    beginnings: exact
      .filter(({ token }) => token.endsWith('*'))
      .map(({ token, effect }) => [token.slice(0, -1), effect]),
  };
}

/**
 * The effect of a flag with this value, when the table knows the value. A value that is not fixed text may turn
 * out to be any of those that destroy.
 */
export function effectOfValue(index: FlagIndex, name: string, value: Word): FlagEffect | undefined {
  const text = literalOf(value);
  const given = `${name}=${text ?? leadOf(value)}`;
  const found = index.beginnings.find(([beginning]) => given.startsWith(beginning))?.[1];
  if (text !== null) return index.exact.get(given) ?? found;
  const mayDestroy = [...index.exact].some(
    ([token, effect]) => effect === 'destructive' && token.startsWith(given),
  );
  return mayDestroy ? 'destructive' : found;
}

function shapeOf(token: string, effect: FlagEffect): readonly [string, FlagShape] {
  const mark = /[=?]$/.exec(token)?.[0] === '=' ? '=' : token.endsWith('?') ? '?' : '';
  const name = mark === '' ? token : token.slice(0, -1);
  return [name, { effect, takes: takesByMark[mark] }];
}
