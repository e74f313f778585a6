// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the texts are shell, not templates
import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { isPlainWord, quoteWord } from '#domain/runbook/quote-word.ts';
import { renderCommand } from '#domain/runbook/render-command.ts';
import { fc } from '#test/support/properties.ts';

/** Texts that have broken quoting somewhere before, and everything else that an argument can hold. */
const hostile = [
  ...[
    "'",
    "''",
    "'\\''",
    '"',
    '\\',
    '\\\\',
    '`id`',
    '$(id)',
    '${IFS}',
    '$x',
    '*',
    '?',
    '[a]',
    '~',
    '!',
    '!!',
    '#',
    ' #x',
  ],
  ...[
    ' ',
    '\t',
    '\n',
    'a\nb',
    '',
    '-rf',
    '--',
    ';id',
    '|id',
    '&id',
    '>x',
    '<x',
    '(id)',
    '{a,b}',
    '{1..3}',
    'if',
    'done',
  ],
  ...[
    'é',
    '日本語',
    '\u202e',
    '\u200b',
    '\u00a0',
    '%s',
    '%n',
    '\u001b[2J',
    '=',
    'A=b',
    '1',
    '2>x',
    "$'\\x41'",
  ],
];
const anyArgument = fc.oneof(
  fc.constantFrom(...hostile),
  fc.string({ unit: 'binary', maxLength: 20 }).map((text) => text.replaceAll('\0', '').toWellFormed()),
  fc.array(fc.constantFrom(...hostile), { maxLength: 6 }).map((texts) => texts.join('')),
);

/** Runs a script in a real shell and returns what it printed, split at NUL. */
function run(shell: string, script: string): readonly string[] {
  const result = spawnSync(shell, ['-s'], { input: script, encoding: 'utf8', maxBuffer: 16 * 1024 * 1024 });
  expect(result.stderr).toBe('');
  return result.stdout.split('\0').slice(0, -1);
}

describe('quoteWord', () => {
  it.each(['sh', 'bash', 'dash'])('gives %s one word of unchanged bytes for every text', (shell) => {
    const texts = [...hostile, ...fc.sample(anyArgument, 300)];
    const script = texts.map((text) => `printf '%s\\0' ${quoteWord(text)}\n`).join('');
    expect(run(shell, script)).toEqual(texts);
  });

  it('leaves plain words bare, so that commands stay readable', () => {
    expect(quoteWord('/var/log/nginx-1.2_x@y:80,+%')).toBe('/var/log/nginx-1.2_x@y:80,+%');
    expect(quoteWord('web 01')).toBe("'web 01'");
    expect(quoteWord("it's")).toBe("'it'\\''s'");
    expect(quoteWord('')).toBe("''");
  });

  it('quotes words that mean something where a command may stand', () => {
    for (const word of ['if', 'done', '!', '{', '[[', 'A=b', '~root', '#x'])
      expect(isPlainWord(word)).toBe(false);
  });
});

/** A template, and what the words of its output are for a value. */
const templates: readonly (readonly [string, (value: string) => readonly string[]])[] = [
  ["printf -- '%s\\0' {{x}}", (value) => [value]],
  ["printf -- '%s\\0' {{ x }} end", (value) => [value, 'end']],
  ["printf -- '%s\\0' a{{x}}b", (value) => [`a${value}b`]],
  ["printf -- '%s\\0' {{x}}/{{x}}", (value) => [`${value}/${value}`]],
  ["printf -- '%s\\0' \"$(printf -- '%s' {{x}}; printf .)\"", (value) => [`${value}.`]],
  ['v={{x}}; printf -- \'%s\\0\' "$v"', (value) => [value]],
  ["( printf -- '%s\\0' {{x}} ) # it's over", (value) => [value]],
  ["cat <<'E' >/dev/null\nit's $(x)\nE\nprintf -- '%s\\0' {{x}}", (value) => [value]],
  ["if true; then printf -- '%s\\0' {{x}}; fi", (value) => [value]],
  ["printf -- '%s\\0' {{x}} 2>/dev/null | cat", (value) => [value]],
];

describe('renderCommand', () => {
  it.each(templates)('%s keeps every value one word', (template, expected) => {
    const rendered = fc
      .sample(anyArgument, 150)
      .map((value) => ({ value, result: renderCommand(template, { x: value }) }));
    const done = rendered.flatMap(({ value, result }) =>
      result.kind === 'rendered' ? [{ value, command: result.command }] : [],
    );
    expect(done.length).toBeGreaterThan(75);
    const printed = run('sh', done.map(({ command }) => `${command}\n`).join(''));
    expect(printed).toEqual(done.flatMap(({ value }) => expected(value)));
    for (const { value, result } of rendered) {
      if (result.kind === 'refused') expect(value).toMatch(/^-|[\n\r]/);
    }
  });

  it('fills in several parameters and leaves other braces alone', () => {
    const template = "docker ps --format '{{.Names}} {{end}}' | grep -- {{name}} | head -n {{n}}";
    expect(renderCommand(template, { name: 'a b', n: '5' })).toEqual({
      kind: 'rendered',
      command: "docker ps --format '{{.Names}} {{end}}' | grep -- 'a b' | head -n 5",
    });
  });

  it('refuses a parameter without a value, also one that every object has', () => {
    expect(renderCommand('df {{path}}', {})).toEqual({
      kind: 'refused',
      parameter: 'path',
      why: 'has no value',
    });
    expect(renderCommand('df {{constructor}}', {})).toMatchObject({ kind: 'refused' });
  });

  it.each([
    "echo '{{x}}'",
    'echo "{{x}}"',
    'echo "a $(b "{{x}}")"',
    "echo $'{{x}}'",
    'echo `cat {{x}}`',
    'echo $(( {{x}} + 1 ))',
    '(( {{x}} ))',
    'echo ${y:-{{x}}}',
    'echo ${{x}}',
    'echo \\{{x}}',
    'cat <<E\n{{x}}\nE',
    "cat <<'E'\n{{x}}\nE",
    'cat <<-E\n\t{{x}}\n\tE',
    'cat <<E "a\n{{x}}"\nE',
    'true # {{x}}',
    `echo "\${y:-'}" 'a}" {{x}}'`,
    "echo `echo '` 'a` {{x}}'",
    'echo "$(case a in a) echo {{x}};; esac)"',
    "echo $'a\\'b' {{x}} 'c'",
  ])('refuses the place in %j', (template) => {
    expect(renderCommand(template, { x: 'y' })).toMatchObject({ kind: 'refused', parameter: 'x' });
  });

  it.each([
    'rm {{x}}',
    'rm -f {{x}}',
    'rm a -- b; rm {{x}}',
    'rm -- a | xargs rm {{x}}',
    'kubectl exec pod -- rm {{x}}',
    'sudo -- rm {{x}}',
    'rm "--" {{x}}',
    'rm $(echo --) {{x}}',
    'rm $(ls -- a) {{x}}',
    'tail -n{{x}} f',
  ])('refuses a value that begins with a dash in %j', (template) => {
    expect(renderCommand(template, { x: '-rf' })).toMatchObject({ kind: 'refused', parameter: 'x' });
    expect(renderCommand(template, { x: 'rf' })).toMatchObject({ kind: 'rendered' });
  });

  it.each(['rm -- {{x}}', 'rm -f -- a {{x}}', 'sudo rm -- {{x}}', 'true; grep -F -- {{x}} f'])(
    'takes one behind -- in %j',
    (template) => {
      expect(renderCommand(template, { x: '-rf' })).toMatchObject({ kind: 'rendered' });
    },
  );

  it.each([
    'ssh web-01 cat {{x}}',
    'eval ls {{x}}',
    'sh -c \'ls "$1"\' _ {{x}}',
    'su app -c {{x}}',
    'sudo watch ls {{x}}',
    '"ssh" h {{x}}',
  ])('refuses a value that needs quotes where a second shell reads it: %j', (template) => {
    expect(renderCommand(template, { x: 'a; id' })).toMatchObject({ kind: 'refused' });
    expect(renderCommand(template, { x: '/var/log' })).toMatchObject({ kind: 'rendered' });
  });

  it('does not let digits become a file descriptor', () => {
    expect(renderCommand('echo {{x}}>f', { x: '2' })).toEqual({ kind: 'rendered', command: "echo '2'>f" });
  });
});
