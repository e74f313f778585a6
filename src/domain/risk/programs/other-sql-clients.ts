import { judgeFlags, judgeUnlisted } from '../judge-flag-rule.ts';
import { type ReadArguments, readArguments } from '../read-arguments.ts';
import { destructive, readOnly, type Verdict, worstVerdict } from '../risk.ts';
import type { Flags, Judge, Stdin } from '../rule.ts';
import { classifySql } from '../sql.ts';
import type { SqlDialect } from '../sql-tokens.ts';
import { literalOf } from '../word.ts';

/** A client of a database, as far as its command line is concerned. */
interface SqlClient {
  readonly flags: Flags;
  /** The flags whose value is SQL. */
  readonly code: readonly string[];
  readonly dialect: SqlDialect;
}

function textsOf(read: ReadArguments, names: readonly string[]): readonly (string | null)[] {
  return read.flags.filter(({ name }) => names.includes(name)).map(({ value }) => value && literalOf(value));
}

function typedText(stdin: Stdin): string | null {
  return stdin.kind === 'text' ? stdin.text : null;
}

function judgeText(text: string | null, dialect: SqlDialect): Verdict {
  return text === null ? destructive('SQL that is known only when it runs') : classifySql(text, dialect);
}

function ownVerdicts(program: string, read: ReadArguments, flags: Flags): readonly Verdict[] {
  return [...judgeFlags(program, read.flags), ...judgeUnlisted(program, read, flags, false)];
}

function asksVersion(read: ReadArguments): boolean {
  return read.flags.some(({ effect }) => effect === 'reading');
}

/** A client that takes its SQL from flags or its input. */
function judgeClient({ flags, code, dialect }: SqlClient): Judge {
  return ({ program, args, stdin }) => {
    const read = readArguments(args, flags);
    const own = ownVerdicts(program, read, flags);
    if (asksVersion(read)) return worstVerdict([readOnly(`${program} prints`), ...own], readOnly(''));
    const given = textsOf(read, code);
    const texts = given.length > 0 ? given : [typedText(stdin)];
    return worstVerdict([...texts.map((text) => judgeText(text, dialect)), ...own], readOnly(''));
  };
}

export const judgeClickhouse: Judge = judgeClient({
  flags: {
    harmless: `-q= --query= -h= --host= --port= -u= --user= --password= -d= --database= -f= --format= -t --time -m --multiline -n
      --multiquery --secure --max_execution_time= --send_logs_level= --param_x= --vertical -E --progress`,
    reading: '-V --version',
    executes: '--queries-file= --config-file= -C=',
  },
  code: ['-q', '--query'],
  dialect: 'mysql',
});

export const judgeCqlsh: Judge = judgeClient({
  flags: {
    harmless:
      '-e= --execute= -u= -p= -k= --username= --password= --keyspace= --ssl --request-timeout= --connect-timeout= --no-color -C',
    reading: '--version',
    executes: '-f= --file= --cqlshrc=',
  },
  code: ['-e', '--execute'],
  dialect: 'postgres',
});

export const judgeInflux: Judge = judgeClient({
  flags: {
    harmless:
      '-execute= -database= -host= -port= -username= -password= -precision= -format= -pretty -ssl -unsafeSsl',
    reading: '-version',
    executes: '-import -path=',
  },
  code: ['-execute'],
  dialect: 'postgres',
});

export const judgeSqlcmd: Judge = judgeClient({
  flags: {
    harmless: '-Q= -q= -S= -U= -P= -d= -E -h= -s= -W -C -l= -b -N',
    executes: '-i=',
    writes: '-o=',
  },
  code: ['-Q', '-q'],
  dialect: 'postgres',
});

const sqliteFlags = {
  harmless: `-readonly -header -noheader -column -csv -json -line -list -html -box -table -markdown -batch -bail -echo -separator=
    -nullvalue= -safe -interactive`,
  reading: '-version',
  executes: '-init= -cmd= -A',
} as const satisfies Flags;

/** Commands of the sqlite3 shell that only show something or say how. */
const showing =
  /^\.(?:tables|schema|fullschema|indexes|indices|databases|dbinfo|show|stats|dump|headers?|mode|width|timer|nullvalue|separator|help|quit|exit|explain|eqp|dbconfig|lint|sha3sum|timeout)\b[^\n|]*$/;

/** sqlite3(1): the file, then SQL or commands that begin with a dot. */
export const judgeSqlite: Judge = ({ program, args, stdin }) => {
  const read = readArguments(args, sqliteFlags);
  const own = ownVerdicts(program, read, sqliteFlags);
  if (asksVersion(read)) return worstVerdict([readOnly(`${program} prints`), ...own], readOnly(''));
  const given = read.operands.slice(1).map(literalOf);
  const texts = given.length > 0 ? given : [typedText(stdin)];
  return worstVerdict([...texts.map(judgeSqliteText), ...own], readOnly(''));
};

function judgeSqliteText(text: string | null): Verdict {
  if (text === null) return destructive('SQL that is known only when it runs');
  const lines = text.split('\n').map((line) => line.trim());
  const commands = lines.filter((line) => line.startsWith('.'));
  const strange = commands.find((line) => !showing.test(line));
  if (strange !== undefined) return destructive(`sqlite3: ${strange} can write or run something`);
  const sql = lines.filter((line) => !line.startsWith('.')).join('\n');
  return sql.trim() === '' ? readOnly('sqlite3 only shows something') : classifySql(sql, 'postgres');
}
