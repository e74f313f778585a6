import { judgeFlags, judgeUnlisted } from '../judge-flag-rule.ts';
import { type ReadArguments, readArguments } from '../read-arguments.ts';
import { destructive, readOnly, type Verdict, worstVerdict } from '../risk.ts';
import type { Flags, Judge, Stdin } from '../rule.ts';
import { classifySql } from '../sql.ts';
import type { SqlDialect } from '../sql-tokens.ts';
import { literalOf } from '../word.ts';

const psqlFlags = {
  harmless: `-c= --command= -h= --host= -p= --port= -U= --username= -d= --dbname= -w --no-password -W --password -A
    --no-align -t --tuples-only -x --expanded -q --quiet -X --no-psqlrc -l --list -F= --field-separator= -R=
    --record-separator= -P= --pset= -a --echo-all -b --echo-errors -e --echo-queries -E --echo-hidden -1
    --single-transaction -z -0 --csv -H --html -T= --table-attr= -V --version -v= --set= --variable= -n`,
  destructive: '-f= --file=',
  writes: '-o= --output= -L= --log-file=',
} as const satisfies Flags;

/** psql(1): SQL from `-c` or a here-document is judged; a file or a pipe is not seen. */
export const judgePsql: Judge = ({ program, args, stdin }) => {
  const read = readArguments(args, psqlFlags);
  const given = textsOf(read, '-c', '--command');
  const own = [...judgeFlags(program, read.flags), ...judgeUnlisted(program, read, psqlFlags, false)];
  if (has(read, '-l', '--list', '-V', '--version'))
    return worstVerdict([readOnly('psql lists'), ...own], readOnly(''));
  const variables = variablesOf(read);
  const texts = given.length > 0 ? given : [textOf(stdin)];
  const judged = texts.map((text) => judgeText(text && fillIn(text, variables), 'postgres'));
  return worstVerdict([...judged, ...own], readOnly(''));
};

const mysqlFlags = {
  harmless: `-e= --execute= -h= --host= -P= --port= -u= --user= -p? --password? -D= --database= -S= --socket= -N
    --skip-column-names -s --silent -B --batch -t --table -E --vertical -r --raw -A --no-auto-rehash -v --verbose -C
    --compress --connect-timeout= --protocol= --ssl --ssl-mode= --ssl-ca= --default-character-set= -V --version
    --defaults-file= --defaults-extra-file= --defaults-group-suffix= --login-path= -n -q --quick -X --xml -H --html
    --column-names -w --wait -f --force`,
  writes: '--tee=',
} as const satisfies Flags;

/** mysql(1) and mariadb(1): SQL from `-e` or a here-document is judged; a pipe is not seen. */
export const judgeMysql: Judge = ({ program, args, stdin }) => {
  const read = readArguments(args, mysqlFlags);
  const given = textsOf(read, '-e', '--execute');
  const own = [...judgeFlags(program, read.flags), ...judgeUnlisted(program, read, mysqlFlags, false)];
  if (has(read, '-V', '--version'))
    return worstVerdict([readOnly(`${program} prints`), ...own], readOnly(''));
  const texts = given.length > 0 ? given : [textOf(stdin)];
  return worstVerdict([...texts.map((text) => judgeText(text, 'mysql')), ...own], readOnly(''));
};

function has(read: ReadArguments, ...names: readonly string[]): boolean {
  return read.flags.some((flag) => names.includes(flag.name));
}

function textsOf(read: ReadArguments, ...names: readonly string[]): readonly (string | null)[] {
  return read.flags.filter((flag) => names.includes(flag.name)).map(({ value }) => value && literalOf(value));
}

function textOf(stdin: Stdin): string | null {
  return stdin.kind === 'text' ? stdin.text : null;
}

function judgeText(sql: string | null, dialect: SqlDialect): Verdict {
  return sql === null ? destructive('SQL that is known only when it runs') : classifySql(sql, dialect);
}

/** psql's own variables: `-v name=value`; null when one of them is not fixed text. */
function variablesOf(read: ReadArguments): ReadonlyMap<string, string> | null {
  const variables = new Map<string, string>();
  for (const text of textsOf(read, '-v', '--set', '--variable')) {
    const [, name, value = ''] = /^(\w+)(?:=([\s\S]*))?$/.exec(text ?? '') ?? [];
    if (!name) return null;
    variables.set(name, value);
  }
  return variables;
}

/** `:'name'` and `:"name"` are quoted by psql; a bare `:name` is pasted as it is. */
function fillIn(sql: string, variables: ReadonlyMap<string, string> | null): string | null {
  if (!variables) return null;
  const isPlain = [...variables.values()].every((value) => /^[\w.-]*$/.test(value));
  if (!isPlain && /(?<!:):\w/.test(sql)) return null;
  return sql.replace(/(?<!:):(['"]?)(\w+)\1/g, (all, quote: string, name: string) => {
    const value = variables.get(name);
    if (value === undefined || quote === '') return value ?? all;
    return `${quote}${value.replaceAll(quote, quote + quote).replaceAll('\\', '/')}${quote}`;
  });
}
