import { flagRules, positionRules } from '#domain/redaction/rules/programs.ts';
import { tokenPrefixes } from '#domain/redaction/rules/token-prefixes.ts';
import { hostilePieces } from './hostile-texts.ts';

/** The beginning of what each rule of the tables looks for: a program with its flag or arguments, and a token. */
function triggersOfRules(): readonly string[] {
  const flags = flagRules.flatMap(({ programs, flags, part = 'all', after }) => {
    const program = `${programs.split(' ')[0]} ${after === undefined ? '' : `${after} `}`;
    const value = part === 'all' ? 'a' : `a${part}`;
    return [`${program}${flags.split(' ')[0]} ${value}`, `${program}${flags.split(' ').at(-1)}${value}`];
  });
  const positions = positionRules.map(({ words }) => words.replaceAll('*', 'a').replace('$', 'b'));
  const tokens = Object.values(tokenPrefixes)
    .flatMap((patterns) => patterns.split(' '))
    .map((pattern) => /^(?:[\w-]|\\[.-])+/.exec(pattern)?.[0].replaceAll('\\', '') ?? '');
  return [...flags, ...positions, ...tokens, ...hostilePieces.map((piece) => piece.trimEnd())];
}

/** What a trigger may stand in: lines, quotes that stay open, escapes, here documents, calls and other alphabets. */
const frames: readonly ((trigger: string) => string)[] = [
  (trigger) => `${trigger} `,
  (trigger) => `${trigger}\n`,
  (trigger) => trigger,
  (trigger) => `"${trigger} `,
  (trigger) => `'${trigger}' `,
  (trigger) => `${trigger}\\`,
  (trigger) => `${trigger}\\"`,
  (trigger) => `${trigger} <<EOF\n`,
  (trigger) => `  - ${trigger}: |\n`,
  (trigger) => `{"${trigger}":"`,
  (trigger) => `$(${trigger} `,
  (trigger) => `é${trigger}пароль `,
];

/** Pieces of hostile texts, made from the rules themselves, so that a new rule is tried without being named here. */
export function hostileFromRules(): readonly string[] {
  const triggers = [...new Set(triggersOfRules())].filter((trigger) => trigger !== '');
  return triggers.flatMap((trigger) => frames.map((frame) => frame(trigger)));
}
