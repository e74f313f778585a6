import { ownValue } from '../text/own-value.ts';
import { destructive, mutating, readOnly, type Verdict, worstVerdict } from './risk.ts';
import { hasWord, headOf, judgeQuery, judgeUpdate, type SqlTokens, withCalls } from './sql-query.ts';
import { type SqlDialect, type SqlToken, sqlTokens } from './sql-tokens.ts';

/** Nobody who approves reads more, and judging takes the square of it at worst. */
const MOST_TOKENS = 5_000;

/**
 * Judges one or more SQL statements: the worst of them. What is not known, is unclear, or runs code that is
 * not in the text (CALL, DO, EXECUTE, client escapes) is destructive.
 */
export function classifySql(sql: string, dialect: SqlDialect): Verdict {
  const tokens = sqlTokens(sql, dialect);
  if (tokens.length > MOST_TOKENS) return destructive('SQL that is too long to judge');
  const statements = splitStatements(tokens);
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
const changes: StatementJudge = (tokens) => {
  // VACUUM FULL, OPTIMIZE … FINAL and a global read lock keep everybody else out for as long as they take.
  if (hasWord(tokens, 'INTO')) return destructive(`SQL ${headOf(tokens)} writes a file`);
  const locksOut = hasWord(tokens, 'FULL') || (hasWord(tokens, 'READ') && headOf(tokens) === 'FLUSH');
  if (locksOut) return destructive(`SQL ${headOf(tokens)} locks everybody else out`);
  return withCalls(mutating(`SQL ${headOf(tokens)} changes state`), tokens);
};
const destroys: StatementJudge = (tokens) =>
  destructive(`SQL ${headOf(tokens)} deletes, overwrites or runs code`);

/** What the first word of a statement means. */
const judges: Readonly<Record<string, StatementJudge>> = {
  ...withJudge(
    'SELECT TABLE VALUES WITH SHOW DESCRIBE DESC USE HELP FETCH BEGIN COMMIT END ROLLBACK SAVEPOINT RELEASE ABORT CHECK CHECKSUM EXISTS',
    reads,
  ),
  ...withJudge(
    `VACUUM ANALYZE OPTIMIZE REINDEX CHECKPOINT CLUSTER REFRESH COMMENT GRANT FLUSH KILL LOCK UNLOCK NOTIFY LISTEN
     UNLISTEN DISCARD RELOAD SECURITY REASSIGN`,
    changes,
  ),
  EXPLAIN: judgeExplain,
  START: judgeStart,
  DECLARE: judgeDeclare,
  INSERT: judgeInsert,
  UPDATE: judgeUpdate,
  SET: judgeSet,
  RESET: judgeReset,
  ALTER: judgeAlter,
  CREATE: judgeCreate,
  COPY: judgeCopy,
  PRAGMA: judgePragma,
  REVOKE: (tokens, dialect) =>
    hasWord(tokens, 'ALL') ? destroys(tokens, dialect) : changes(tokens, dialect),
};

function withJudge(heads: string, judge: StatementJudge): Readonly<Record<string, StatementJudge>> {
  return Object.fromEntries(
    heads
      .trim()
      .split(/\s+/)
      .map((head) => [head, judge]),
  );
}

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
  const judge = ownValue(judges, head) ?? destroys;
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
  if (
    hasWord(tokens, 'OVERWRITE') ||
    hasWord(tokens, 'REPLACE') ||
    hasWord(tokens, 'DUPLICATE') ||
    isUpsert(tokens)
  ) {
    return destructive('SQL INSERT overwrites rows that are there');
  }
  if (hasWord(tokens, 'DELETE')) return destructive('SQL DELETE inside an INSERT');
  return withCalls(mutating('SQL INSERT changes state'), rest);
}

/** `ON CONFLICT … DO UPDATE`. */
function isUpsert(tokens: SqlTokens): boolean {
  return tokens.some((token, index) => {
    const next = tokens[index + 1];
    return token.kind === 'word' && token.text === 'DO' && next?.kind === 'word' && next.text === 'UPDATE';
  });
}

/** `DECLARE c CURSOR FOR SELECT …` reads what it selects. */
function judgeDeclare(tokens: SqlTokens, dialect: SqlDialect): Verdict {
  const start = tokens.findIndex(
    (token) => token.kind === 'word' && /^(?:SELECT|WITH|VALUES|TABLE)$/.test(token.text),
  );
  return start < 0 || !hasWord(tokens.slice(0, start), 'CURSOR')
    ? destroys(tokens, dialect)
    : judgeQuery(tokens.slice(start));
}

/** Settings of the own session that change nothing but how it is answered. */
const sessionSettings = new Set(
  'STATEMENT_TIMEOUT LOCK_TIMEOUT SEARCH_PATH TIMEZONE NAMES TRANSACTION APPLICATION_NAME DATESTYLE WORK_MEM MAX_EXECUTION_TIME ENABLE_SEQSCAN IDLE_IN_TRANSACTION_SESSION_TIMEOUT'.split(
    ' ',
  ),
);

function judgeSet(tokens: SqlTokens): Verdict {
  const words = tokens.flatMap((token) => (token.kind === 'word' ? [token.text] : []));
  const [name = ''] = words.slice(1).filter((word) => !/^(?:SESSION|LOCAL)$/.test(word));
  return sessionSettings.has(name) && !words.includes('WRITE')
    ? withCalls(readOnly('SQL SET of the own session'), tokens)
    : withCalls(mutating('SQL SET changes a setting'), tokens);
}

/** SQLite: PRAGMA with a value sets something. */
function judgePragma(tokens: SqlTokens): Verdict {
  const asks =
    /^(?:TABLE_INFO|TABLE_XINFO|TABLE_LIST|INDEX_LIST|INDEX_INFO|FOREIGN_KEY_LIST|FOREIGN_KEY_CHECK|INTEGRITY_CHECK|QUICK_CHECK|DATABASE_LIST|COMPILE_OPTIONS)$/;
  const name = tokens[1]?.kind === 'word' ? tokens[1].text : '';
  if (asks.test(name) || tokens.length === 2) return readOnly('SQL PRAGMA only reads');
  return /^(?:WRITABLE_SCHEMA|JOURNAL_MODE|SYNCHRONOUS)$/.test(name)
    ? destructive('SQL PRAGMA that can lose data')
    : mutating('SQL PRAGMA sets something');
}

/** MySQL: RESET MASTER and RESET REPLICA ALL throw replication state away; RESET of a setting does not. */
function judgeReset(tokens: SqlTokens): Verdict {
  return hasWord(tokens, 'MASTER', 'SLAVE', 'REPLICA', 'BINARY')
    ? destructive('SQL RESET throws replication state away')
    : mutating('SQL RESET changes a setting');
}

/** Words of an ALTER that take away, overwrite or shut out. */
const takingAway =
  'DROP TYPE TRUNCATE DISCARD MODIFY CHANGE NOLOGIN DELETE UPDATE DETACH RENAME UNLOGGED EXCHANGE REORGANIZE COALESCE REMOVE OFFLINE MOVE CLEAR'.split(
    ' ',
  );

function judgeAlter(tokens: SqlTokens): Verdict {
  // One setting goes back to its default; all of them are configuration that is lost.
  const resetsAll = hasWord(tokens, 'RESET') && hasWord(tokens, 'ALL');
  return resetsAll || hasWord(tokens, ...takingAway)
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
