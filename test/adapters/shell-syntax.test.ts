// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the texts are shell, not templates
import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { createBashCommandParser } from '#adapters/shell-syntax/create-bash-command-parser.ts';
import type { CommandTree, SimpleCommand, Statement } from '#domain/risk/command-tree.ts';
import { leadOf, literalOf } from '#domain/risk/word.ts';

// Two bots in one process may start at the same moment; either parser must do.
const [, parser] = await Promise.all([createBashCommandParser(), createBashCommandParser()]);

function statements(text: string): readonly Statement[] {
  const tree: CommandTree = parser.parse(text);
  if (tree.kind === 'unparsable') throw new Error(`${text}: ${tree.why}`);
  return tree.statements;
}

function command(text: string): SimpleCommand {
  const [first] = statements(text);
  if (first?.kind !== 'command') throw new Error(`${text} is no simple command`);
  return first;
}

const words = (text: string) => command(text).words.map(literalOf);

/** What a real shell makes of the words. */
function spokenBy(shell: string, text: string): readonly string[] {
  // What bash writes for \u depends on the locale.
  const env = { ...process.env, LC_ALL: 'C.UTF-8' };
  const output = execFileSync(shell, ['-c', `printf '%s\\0' ${text}`], { encoding: 'utf8', env });
  return output.split('\0').slice(0, -1);
}

const quoting = [
  'plain a.b-c_d/e=f:g,h@i%j+k',
  "'single quoted' 'with \"double\" inside' ''",
  '"double quoted" "with \'single\' inside" ""',
  'a\\ b \\\\ \\$x \\"q\\" \\\'s\\\' \\; \\& \\| \\> \\#',
  '"a\\"b" "a\\$b" "a\\\\b" "a\\`b" "a\\nb" "a\\\'b"',
  "a'b'\"c\"d\\e 'a'\\''b'",
  "'$x `y` $(z) \\n *'",
  '"* ? [a]" \'{a,b}\'',
  'a#b -- -x --long=value 1 2.5 -3 0x10',
  '\'two\nlines\' "two\nlines"',
  '\'ünï\' "日本" é',
  '"tab\there" \'a\tb\'',
  '{} @{u} HEAD^ HEAD~3 a:b',
  '"a b"c"d e" x=\'y z\'',
  'joined \\\n  over lines',
];

describe('words', () => {
  it.each(quoting)('reads %j as bash and sh do', (text) => {
    const read = words(`printf ${text}`).slice(1);
    expect(read).toEqual(spokenBy('bash', text));
    expect(read).toEqual(spokenBy('sh', text));
  });

  it.each(["$'a\\nb' $'\\x41\\u00e9\\101' $'t\\tq\\\"'", "$'' a$'\\e'b"])('reads %j as bash does', (text) => {
    expect(words(`printf ${text}`).slice(1)).toEqual(spokenBy('bash', text));
  });

  it('knows what it does not know', () => {
    const parts = command('x "$a b" c$d *.log {a,b} "`e`" $(f) ${g:-h} $((1+2)) <(i) x{1..3}').words.slice(1);
    expect(parts.map(literalOf)).toEqual(parts.map(() => null));
    expect(parts.map(leadOf)).toEqual(['', 'c', '', '', '', '', '', '', '', 'x']);
  });

  it('keeps the commands inside of words', () => {
    const inner = command('echo "a $(rm x) `ls`" <(df) ${x:-$(id)}').words.flatMap(({ parts }) =>
      parts.flatMap((part) => (part.kind === 'computed' ? part.body : [])),
    );
    const programs = inner.map((one) =>
      one.kind === 'command' && one.words[0] ? literalOf(one.words[0]) : null,
    );
    expect(programs).toEqual(['rm', 'ls', 'df', 'id']);
  });
});

describe('statements', () => {
  it('tells assignments, words and redirections apart', () => {
    const read = command('A=1 B="x y" cmd arg 2>&1 >>log <in');
    expect(read.assignments.map(({ name, value }) => [name, value && literalOf(value)])).toEqual([
      ['A', '1'],
      ['B', 'x y'],
    ]);
    expect(read.words.map(literalOf)).toEqual(['cmd', 'arg']);
    expect(read.redirections).toMatchObject([
      { operator: '>&', descriptor: '2' },
      { operator: '>>', target: { source: 'log' } },
      { operator: '<', target: { source: 'in' } },
    ]);
  });

  it('finds the program behind leading redirections', () => {
    expect(words('> /dev/null rm -rf /')).toEqual(['rm', '-rf', '/']);
    expect(words('2>/dev/null <in rm x')).toEqual(['rm', 'x']);
    expect(words('ls >out -la')).toEqual(['ls', '-la']);
  });

  it('reads here-documents, quoted and not, and what follows them on their line', () => {
    expect(command("cat <<'E'\na $b `c`\nE").redirections).toMatchObject([{ kind: 'text' }]);
    const [quoted] = command("cat <<'E'\na $b\nE").redirections;
    expect(quoted?.kind === 'text' && literalOf(quoted.body)).toBe('a $b\n');
    const [open] = command('cat <<E\na $b\nE').redirections;
    expect(open?.kind === 'text' && literalOf(open.body)).toBe(null);
    expect(statements('cat <<E | sh\nx\nE')).toMatchObject([{ kind: 'pipeline', stages: [{}, {}] }]);
    expect(statements('cat <<E && rm y\nx\nE')).toMatchObject([{ kind: 'group', body: [{}, {}] }]);
    expect(command('cat <<E >out\nx\nE').redirections).toHaveLength(2);
    expect(command('cat <<< "a b"').redirections).toMatchObject([{ kind: 'text' }]);
  });

  it('gives the redirection behind a pipeline to its last command', () => {
    const [pipeline] = statements('a | b >out');
    expect(pipeline).toMatchObject({ stages: [{ redirections: [] }, { redirections: [{ operator: '>' }] }] });
  });

  it.each([
    'a && b || c; d & e',
    '(a; b)',
    '{ a; b; } >f',
    '! a',
    'if a; then b; elif c; then d; else e; fi',
    'while a; do b; done <f',
    'until a; do b; done',
    'for x in 1 2; do a $x; done',
    'for ((i = 0; i < 3; i++)); do a; done',
    'case $x in a|b) c;; *) d;; esac',
    'f() { a; }',
    'function f { a; }',
    '[ -f x ] && [[ $a == b ]]',
    'export A=b; unset C; local D',
    'a=(1 2 $(b))',
    'a |& b',
    'a # comment',
    '',
    '# only a comment',
  ])('understands %j', (text) => {
    expect(parser.parse(text).kind).toBe('script');
  });
});

describe('what is refused', () => {
  it.each([
    ['an open quote', 'ls "x'],
    ['an open substitution', 'ls $(x'],
    ['half a pipeline', 'ls |'],
    ['an empty command', 'ls; ; rm'],
    ['an open here-document', 'cat <<E\nx'],
    ['two here-documents', 'cat <<A <<B\n1\nA\n2\nB'],
    ['backquotes in a here-document', 'cat <<E\n`rm x`\nE'],
    ['a backslash in backquotes', '`echo \\$(rm x)`'],
    ['a word joined over two lines', 'r\\\nm x'],
    ['an arithmetic command', '((rm x))'],
    ['a redirection in brackets', '[ a > b ]'],
    ['an index that is code', "[ -v 'a[$(rm x)]' ]"],
    ['arithmetic over quoted code', "x='a[$(rm x)]'; echo $((x))"],
    ['an expansion that evaluates', 'echo ${x@P}'],
    ['an escaped quote in an ANSI-C string', "echo $'a\\'; rm x; echo '"],
    ['a translated string', 'echo $"x"'],
    ['NUL', 'ls \0'],
    ['a carriage return', 'ls\rrm x'],
    ['an escape sequence', 'ls \u001b[2K'],
    ['a no-break space', 'ls\u00a0x'],
    ['a direction override', 'ls \u202ex'],
    ['a zero-width space', 'l\u200bs'],
    ['too long a text', `ls ${'x'.repeat(70_000)}`],
    ['too deep a nesting', `${'$('.repeat(10_000)}ls${')'.repeat(10_000)}`],
  ])('%s', (_name, text) => {
    expect(parser.parse(text)).toMatchObject({ kind: 'unparsable', why: expect.stringMatching(/\w/) });
  });

  it('leaves nothing behind: the next text is read as if it were the first', () => {
    const before = parser.parse('df -h | head');
    parser.parse('ls "open');
    for (let i = 0; i < 500; i += 1) parser.parse(`echo ${i} $(ls)`);
    expect(parser.parse('df -h | head')).toEqual(before);
  });
});
