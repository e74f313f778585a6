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
  const verdict = hasWord(tokens, 'WHERE')
    ? mutating('SQL UPDATE changes some rows')
    : destructive('SQL UPDATE without WHERE overwrites every row');
  return withCalls(verdict, tokens);
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
  if (token?.kind !== 'word' || namesOfQueries.has(textAt(tokens, index - 1))) return [];
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
