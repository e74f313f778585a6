import { destructive, mutating, readOnly, type Verdict, worstVerdict } from './risk.ts';
import { hasWord, headOf, judgeQuery, judgeUpdate, type SqlTokens, withCalls } from './sql-query.ts';
import { type SqlDialect, type SqlToken, sqlTokens } from './sql-tokens.ts';

/**
 * Judges one or more SQL statements: the worst of them. What is not known, is unclear, or runs code that is
 * not in the text (CALL, DO, EXECUTE, client escapes) is destructive.
 */
export function classifySql(sql: string, dialect: SqlDialect): Verdict {
  const statements = splitStatements(sqlTokens(sql, dialect));
  return worstVerdict(
    statements.map((tokens) => judgeStatement(tokens, dialect)),
    readOnly('SQL: nothing to run'),
  );
}

function splitStatements(tokens: SqlTokens): readonly SqlTokens[] {
  const statements: SqlToken[][] = [[]];
  for (const token of tokens) {
    if (token.kind === 'sign' && token.text === ';') statements.push([]);
    else if (token.kind === 'client') statements.push([token], []);
    else statements.at(-1)?.push(token);
  }
  return statements.filter((statement) => statement.length > 0);
}

/** Client commands that only show something: `\d+ name`, `\l`, `\x on`, `\timing`; `\G` ends a MySQL statement. */
const showing = {
  postgres: /^\\(?:d[a-zA-Z+]*|l\+?|z|x|timing|conninfo|encoding|pset|t|a|sf|sv|h|\?|q)(?:\s+[\w."*+$-]+)*$/,
  mysql: /^\\[Gg]\s*;?$/,
} as const satisfies Record<SqlDialect, RegExp>;

type StatementJudge = (tokens: SqlTokens, dialect: SqlDialect) => Verdict;

const reads: StatementJudge = (tokens) => judgeQuery(tokens);
const changes: StatementJudge = (tokens) =>
  withCalls(mutating(`SQL ${headOf(tokens)} changes state`), tokens);
const destroys: StatementJudge = (tokens) =>
  destructive(`SQL ${headOf(tokens)} deletes, overwrites or runs code`);

/** What the first word of a statement means. */
const judges: Readonly<Record<string, StatementJudge>> = {
  SELECT: reads,
  TABLE: reads,
  VALUES: reads,
  WITH: reads,
  SHOW: reads,
  DESCRIBE: reads,
  DESC: reads,
  USE: reads,
  HELP: reads,
  FETCH: reads,
  EXPLAIN: judgeExplain,
  BEGIN: reads,
  START: judgeStart,
  COMMIT: reads,
  END: reads,
  ROLLBACK: reads,
  SAVEPOINT: reads,
  CHECK: reads,
  CHECKSUM: reads,
  INSERT: judgeInsert,
  UPDATE: judgeUpdate,
  SET: changes,
  RESET: judgeReset,
  ALTER: judgeAlter,
  CREATE: judgeCreate,
  VACUUM: changes,
  ANALYZE: changes,
  OPTIMIZE: changes,
  REINDEX: changes,
  CHECKPOINT: changes,
  CLUSTER: changes,
  REFRESH: changes,
  COMMENT: changes,
  GRANT: changes,
  REVOKE: changes,
  FLUSH: changes,
  KILL: changes,
  LOCK: changes,
  UNLOCK: changes,
  STOP: changes,
  NOTIFY: changes,
  LISTEN: changes,
  DISCARD: changes,
  RELOAD: changes,
  COPY: judgeCopy,
};

function judgeStatement(tokens: SqlTokens, dialect: SqlDialect): Verdict {
  const [first] = tokens;
  const unclear = tokens.find((token) => token.kind === 'unclear');
  if (unclear) return destructive(`SQL that is not understood: ${unclear.why}`);
  if (first?.kind === 'client') {
    return showing[dialect].test(first.text)
      ? readOnly('SQL: the client only shows something')
      : destructive(`SQL client command ${first.text}`);
  }
  // (SELECT …) UNION (SELECT …)
  if (first?.kind === 'sign' && first.text === '(') return judgeQuery(tokens);
  const head = headOf(tokens);
  const judge = Object.hasOwn(judges, head) ? judges[head] : destroys;
  return (judge ?? destroys)(tokens, dialect);
}

const explained = new Set(
  'SELECT WITH INSERT UPDATE DELETE TABLE VALUES REPLACE MERGE EXECUTE CREATE REFRESH DECLARE'.split(' '),
);

/** EXPLAIN runs its statement only with ANALYZE. */
function judgeExplain(tokens: SqlTokens, dialect: SqlDialect): Verdict {
  const start = tokens.findIndex((token) => token.kind === 'word' && explained.has(token.text));
  const options = start < 0 ? tokens : tokens.slice(0, start);
  if (!hasWord(options, 'ANALYZE', 'ANALYSE') || start < 0) return readOnly('SQL EXPLAIN only plans');
  return judgeStatement(tokens.slice(start), dialect);
}

function judgeStart(tokens: SqlTokens): Verdict {
  return hasWord(tokens, 'TRANSACTION') ? readOnly('SQL starts a transaction') : changes(tokens, 'mysql');
}

function judgeInsert(tokens: SqlTokens): Verdict {
  // INSERT INTO schema.table (columns): the fifth token is the table, not a function.
  const dot = tokens[3];
  const isQualified = dot?.kind === 'sign' && dot.text === '.';
  const rest = isQualified ? tokens.filter((_token, index) => index !== 4) : tokens;
  return withCalls(mutating('SQL INSERT changes state'), rest);
}

/** MySQL: RESET MASTER and RESET REPLICA ALL throw replication state away; RESET of a setting does not. */
function judgeReset(tokens: SqlTokens): Verdict {
  return hasWord(tokens, 'MASTER', 'SLAVE', 'REPLICA', 'BINARY')
    ? destructive('SQL RESET throws replication state away')
    : mutating('SQL RESET changes a setting');
}

function judgeAlter(tokens: SqlTokens): Verdict {
  return hasWord(tokens, 'DROP', 'TYPE', 'TRUNCATE', 'DISCARD', 'MODIFY', 'CHANGE', 'NOLOGIN')
    ? destructive('SQL ALTER takes something away')
    : mutating('SQL ALTER changes state');
}

function judgeCreate(tokens: SqlTokens): Verdict {
  const overwrites = hasWord(
    tokens,
    'REPLACE',
    'FUNCTION',
    'PROCEDURE',
    'TRIGGER',
    'EVENT',
    'EXTENSION',
    'LANGUAGE',
    'RULE',
  );
  if (overwrites) return destructive('SQL CREATE overwrites or adds code');
  const query = tokens.findIndex((token) => token.kind === 'word' && token.text === 'SELECT');
  return withCalls(mutating('SQL CREATE changes state'), query < 0 ? [] : tokens.slice(query));
}

/** COPY to the client reads, from the client changes; files and programs of the server are out of sight. */
function judgeCopy(tokens: SqlTokens): Verdict {
  if (hasWord(tokens, 'PROGRAM')) return destructive('SQL COPY runs a program');
  if (hasWord(tokens, 'STDOUT') && hasWord(tokens, 'TO')) return judgeQuery(tokens);
  return hasWord(tokens, 'STDIN')
    ? mutating('SQL COPY adds rows')
    : destructive('SQL COPY overwrites a server file');
}
