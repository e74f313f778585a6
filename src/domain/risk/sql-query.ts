import { destructive, mutating, readOnly, type Verdict, worstVerdict } from './risk.ts';
import { riskOfSqlFunction } from './sql-functions.ts';
import type { SqlToken } from './sql-tokens.ts';

/** One statement. */
export type SqlTokens = readonly SqlToken[];

/** The statement's first word, upper case; empty when it begins with something else. */
export function headOf(tokens: SqlTokens): string {
  return textAt(tokens, 0);
}

/** True when one of the words occurs anywhere in the statement, outside of strings and quoted names. */
export function hasWord(tokens: SqlTokens, ...words: readonly string[]): boolean {
  return tokens.some((token) => token.kind === 'word' && words.includes(token.text));
}

/** A query reads unless it locks, stores its result, changes data in a WITH, or calls what does. */
export function judgeQuery(tokens: SqlTokens): Verdict {
  const verdicts = tokens.flatMap((token, index) => {
    const judge = token.kind === 'word' ? wordsOfQueries.get(token.text) : undefined;
    return judge?.(tokens, index) ?? [];
  });
  return withCalls(worstVerdict([readOnly('SQL only reads'), ...verdicts], readOnly('')), tokens);
}

/** UPDATE without WHERE overwrites every row. */
export function judgeUpdate(tokens: SqlTokens): Verdict {
  if (hasWord(tokens, 'DELETE')) return destructive('SQL DELETE inside an UPDATE');
  const verdict = isNarrowed(tokens)
    ? mutating('SQL UPDATE changes some rows')
    : destructive('SQL UPDATE without a WHERE that narrows it overwrites every row');
  return withCalls(verdict, tokens);
}

/** A WHERE with at least one column in it; `WHERE 1 = 1` and `WHERE true` let every row through. */
function isNarrowed(tokens: SqlTokens): boolean {
  const where = tokens.findIndex((token) => token.kind === 'word' && token.text === 'WHERE');
  const condition = where < 0 ? [] : tokens.slice(where + 1);
  const isOpen = condition.some(
    (_token, index) =>
      (textAt(condition, index) === '=' && isSame(condition[index - 1], condition[index + 1])) ||
      (textAt(condition, index) === 'OR' && mayBeTrue(condition, index)),
  );
  const names = condition.filter(
    (token) =>
      token.kind === 'name' ||
      (token.kind === 'word' && !/^(?:TRUE|NOT|AND|OR|IS|NULL|FALSE|LIMIT)$/.test(token.text)),
  );
  return names.length > 0 && !isOpen;
}

/** `OR true`, `true OR`, `OR 1`. */
function mayBeTrue(condition: SqlTokens, or: number): boolean {
  const always = (text: string) => text === 'TRUE' || text === 'NOT';
  return (
    always(textAt(condition, or + 1)) ||
    textAt(condition, or - 1) === 'TRUE' ||
    condition[or + 1]?.kind === 'value'
  );
}

/** `1 = 1` and `id = id` are true of every row; two values count as the same, since their text is not kept. */
function isSame(left: SqlToken | undefined, right: SqlToken | undefined): boolean {
  if (left?.kind === 'word' && right?.kind === 'word') return left.text === right.text;
  return left?.kind === 'value' && right?.kind === 'value';
}

/** The worse of a verdict and those of the functions that the statement calls. */
export function withCalls(verdict: Verdict, tokens: SqlTokens): Verdict {
  const calls = tokens.flatMap((_token, index) => (index > 0 ? judgeCall(tokens, index) : []));
  return worstVerdict([verdict, ...calls], verdict);
}

type WordJudge = (tokens: SqlTokens, index: number) => readonly Verdict[];

const locks = [mutating('SQL locks rows')];

/** Words that raise the risk of a query. */
const wordsOfQueries = new Map<string, WordJudge>([
  [
    'UPDATE',
    (tokens, index) => {
      if (['FOR', 'KEY'].includes(textAt(tokens, index - 1))) return locks;
      return hasWord(tokens.slice(index), 'SET') ? [judgeUpdate(tokens.slice(index))] : [];
    },
  ],
  ['SHARE', (tokens, index) => (['FOR', 'KEY', 'IN'].includes(textAt(tokens, index - 1)) ? locks : [])],
  [
    'INTO',
    (tokens, index) =>
      textAt(tokens, index - 1) === 'INSERT' ? [] : [destructive('SQL stores the result in a table or file')],
  ],
  [
    'INSERT',
    (tokens, index) => (textAt(tokens, index + 1) === '(' ? [] : [mutating('SQL INSERT changes state')]),
  ],
  ['DELETE', () => [destructive('SQL DELETE inside a query')]],
  ['MERGE', () => [destructive('SQL MERGE inside a query')]],
]);

const namesOfQueries = new Set(['WITH', 'RECURSIVE', 'AS', 'INTO']);
const schemasOfServers = new Set(['PG_CATALOG', 'INFORMATION_SCHEMA', 'SYS', 'PERFORMANCE_SCHEMA']);

function judgeCall(tokens: SqlTokens, index: number): readonly Verdict[] {
  const token = tokens[index];
  if (textAt(tokens, index + 1) !== '(') return [];
  if (token?.kind === 'name') return [destructive('SQL calls a function by a quoted name')];
  // `WITH name (columns) AS (…)` and `AS t (columns)` look like calls.
  // `generate_series(1, 3) g (i)`: behind a call stands the name of what it gives.
  const before = textAt(tokens, index - 1);
  if (token?.kind !== 'word' || namesOfQueries.has(before) || before === ')') return [];
  if (token.text === 'PG_TERMINATE_BACKEND' && hasWord(tokens, 'FROM'))
    return [destructive('SQL ends every session that a query finds')];
  const risk = isOfServer(tokens, index) ? riskOfSqlFunction(token.text) : 'destructive';
  return risk === 'read-only' ? [] : [{ risk, why: `SQL calls ${token.text.toLowerCase()}()` }];
}

/** Without a schema, or in one that comes with the server: another may hold any code under a known name. */
function isOfServer(tokens: SqlTokens, index: number): boolean {
  return textAt(tokens, index - 1) !== '.' || schemasOfServers.has(textAt(tokens, index - 2));
}

function textAt(tokens: SqlTokens, index: number): string {
  const token = tokens[index];
  return token?.kind === 'word' || token?.kind === 'sign' ? token.text : '';
}
