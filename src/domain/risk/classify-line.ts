import { classifyCommand } from './classify-command.ts';
import type { CommandTree } from './command-tree.ts';
import { judgeMongoScript } from './programs/mongo-script.ts';
import { judgeRedisText } from './programs/redis-cli.ts';
import { type Verdict, worstVerdict } from './risk.ts';
import { redisCommands } from './rules/redis-commands.ts';
import { classifySql } from './sql.ts';
import type { SqlDialect } from './sql-tokens.ts';

const redisWords = new Set(
  `${redisCommands.reads}, ${redisCommands.mutates}, ${redisCommands.destroys}`.split(/[,\s]+/),
);

type Parse = (text: string) => CommandTree;

/** Words that begin a statement of SQL and are no programs of a shell. */
const sqlHeads =
  /^(?:select|insert|update|delete|drop|create|alter|explain|with|vacuum|analyze|grant|revoke|begin|commit|rollback|savepoint|merge|replace|describe|desc|pragma|reindex|optimize|refresh|prepare|execute|deallocate|declare|fetch|checkpoint|purge|flush|attach|detach|comment|reassign|discard|listen|notify|values|table|use|call|show|handler|repair|load|unlock)\b/i;

/** Words that begin a statement and are programs or builtins as well; what follows tells, and the worse counts. */
const sharedHeads =
  /^(?:truncate\s+(?:table\s|\w+\s*(?:;|,|cascade|restart|$))|rename\s+table\s|set\s+(?:global|session|local|persist|role|password|names|transaction|statement_timeout|lock_timeout|search_path|@|\w+\s*(?:=|\bto\b))|kill\s+(?:query|connection)?\s*\d+|reset\s+(?:master|slave|replica|all|query)|start\s+(?:slave|replica|transaction)|stop\s+(?:slave|replica)|change\s+(?:master|replication)|copy\s+\S+\s.*\b(?:from|to)\b|lock\s+tables?\b|do\s+\$|exec(?:ute)?\s+(?:sp_|xp_|immediate)|shutdown\s*(?:;|$)|cluster\s|end\s*;|import\s+(?:into|table)|install\s+(?:plugin|component)|uninstall\s+plugin|check\s+table|checksum\s+table|help\s)/i;

/** `select x in …; do` and `show() {` are shell, whatever their first word. */
const shellSyntax = /^(?:select\s+\w+\s+in\s[\s\S]*;\s*do\b|\w+\s*\(\)\s*\{)/;

/**
 * Judges one line of which nobody says where it goes: a shell command, or a bare statement of SQL, Redis or the
 * MongoDB shell. Where a line can be two things it is the worse of both.
 *
 * Steps of runbooks are shell commands, always; they go to `classifyCommand` and never here.
 */
export function classifyLine(text: string, parse: Parse): Verdict {
  const statement = text.trim().replace(/^(?:(?:--[^\n]*\n|\/\*(?!!)[\s\S]*?\*\/|\()\s*)+/, '');
  if (/^(?:db|rs|sh)\s*[.[]/.test(statement)) return judgeMongoScript(text);
  const isStatement = sqlHeads.test(statement) && !shellSyntax.test(statement);
  if (isStatement || /^\/\*!/.test(statement) || /^[A-Z]+\s*\(/.test(statement)) return classifyBareSql(text);
  if (sharedHeads.test(statement)) return worstOfBoth(text, statement, classifyCommand(text, parse));
  return isRedis(statement) ? judgeRedisText(text) : classifyCommand(text, parse);
}

/** `KILL 42` in capitals is no shell command at all. */
function worstOfBoth(text: string, statement: string, asShell: Verdict): Verdict {
  const asSql = classifyBareSql(text);
  return /^[A-Z]/.test(statement) ? asSql : worstVerdict([asSql, asShell], asSql);
}

/** Capitals tell commands of Redis from programs. */
function isRedis(statement: string): boolean {
  const [first = ''] = statement.split(/\s/, 1);
  return /^[A-Z]{2,}$/.test(first) && redisWords.has(first.toLowerCase());
}

/** Marks of one family of SQL only; without any the statement must be harmless to both. */
const marks = {
  mysql: /`|\\G\s*;?\s*$|@@|\/\*[!+M]/,
  postgres: /\$\w*\$|::|\bE'|^\s*\\/,
} as const satisfies Record<SqlDialect, RegExp>;

function classifyBareSql(text: string): Verdict {
  const dialects = (['postgres', 'mysql'] as const).filter((dialect) => marks[dialect].test(text));
  const [only, ...more] = dialects;
  if (only && more.length === 0) return classifySql(text, only);
  const asPostgres = classifySql(text, 'postgres');
  return worstVerdict([asPostgres, classifySql(text, 'mysql')], asPostgres);
}
