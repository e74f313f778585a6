import { randomUUID } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createBashCommandParser } from '#adapters/shell-syntax/create-bash-command-parser.ts';
import { runProgram } from '#commands/run-program.ts';
import { commandVerbs } from '#domain/command.ts';
import { Fault } from '#domain/fault.ts';
import { createRedactor } from '#domain/redaction/redact.ts';
import { readRunbooks } from '#src/composition/load-knowledge.ts';
import { createParts, knownSecret, run } from '#test/support/command-parts.ts';

let cwd: string;
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'recourse-commands-'));
});
afterEach(() => rmSync(cwd, { recursive: true, force: true }));

/** An empty standard input. */
async function* noInput(): AsyncGenerator<string> {}

describe('the command line', () => {
  it.each([
    [['nope'], "unknown command 'nope'"],
    [['fold', '--hard'], "unknown option '--hard'"],
    [['ask'], "missing required argument 'question'"],
    [['ask', 'a', 'b'], 'too many arguments'],
    [['hosts', 'remove'], "unknown command 'remove'"],
    [['ask', '  '], 'the question is empty'],
    [['risk'], 'give either one command or --jsonl'],
    [['risk', 'ls', '--jsonl'], 'give either one command or --jsonl'],
    [[], 'Usage: recourse'],
    [['hosts'], 'Usage: recourse hosts'],
  ])('%o ends with 2 and says why', async (argv, words) => {
    const { code, out, err } = await run(argv);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain(words);
  });

  it('explains itself when asked', async () => {
    expect(await run(['--help'])).toMatchObject({ code: 0, err: '' });
    expect((await run(['hosts', 'pin', '--help'])).out).toContain('--fingerprint');
  });

  it('tells a fault with its advice; a bad configuration ends with 78', async () => {
    const fail = (fault: Error) => run(['fold'], { context: { foldNow: () => Promise.reject(fault) } });
    expect(await fail(new Fault('unavailable', 'x', 'It is away.', 'Wait.'))).toEqual({
      code: 1,
      out: '',
      err: 'It is away.\nWait.\n',
    });
    expect(await fail(new Fault('configuration', 'x', 'It is wrong.', 'Mend it.'))).toMatchObject({
      code: 78,
    });
    expect(await fail(new Error('odd'))).toEqual({ code: 1, out: '', err: 'Something went wrong: odd\n' });
  });
});

describe('fold', () => {
  it('says what it did', async () => {
    expect(await run(['fold'])).toEqual({
      code: 0,
      out: 'playground: 12 votes, runs and alerts folded into the rates of 5 solutions\n',
      err: '',
    });
  });

  it('fails while another one is at it', async () => {
    const busy = await run(['fold'], {
      context: { foldNow: async () => [{ workspace: 'w', result: 'busy' }] },
    });
    expect(busy).toMatchObject({ code: 1 });
    expect(busy.out).toContain('try again');
  });
});

describe('doctor', () => {
  it('ends with 1 when something failed, and says what to do', async () => {
    const finding = {
      name: 'hosts',
      status: 'failed',
      message: 'web-01 refuses',
      advice: 'Pin its key.',
    } as const;
    const { code, out } = await run(['doctor'], { context: { diagnose: async () => [finding] } });
    expect({ code, out }).toEqual({
      code: 1,
      out: 'FAILED  hosts: web-01 refuses\n        → Pin its key.\n',
    });
    expect(await run(['doctor'])).toEqual({ code: 0, out: 'ok      database: PostgreSQL 18\n', err: '' });
  });

  it('counts a start that fails as a finding', async () => {
    const broken = () =>
      Promise.reject(new Fault('unavailable', 'x', 'The database does not answer.', 'Start it.'));
    const { code, out } = await run(['doctor', '--json'], { parts: { withApplication: broken } });
    expect(code).toBe(1);
    expect(JSON.parse(out)).toEqual({
      findings: [
        { name: 'start', status: 'failed', message: 'The database does not answer.', advice: 'Start it.' },
      ],
    });
  });
});

describe('backup and restore', () => {
  it('writes a file for its owner alone, and replaces one only by force', async () => {
    const file = join(cwd, 'b.tar.gz');
    expect(await run(['backup', 'b.tar.gz'], { cwd })).toMatchObject({ code: 0 });
    expect(readFileSync(file, 'utf8')).toBe('archive');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const other = { cwd, context: { backup: async () => new Blob(['newer']) } };
    expect(await run(['backup', 'b.tar.gz'], other)).toMatchObject({ code: 1 });
    expect(readFileSync(file, 'utf8')).toBe('archive');
    expect(await run(['backup', 'b.tar.gz', '--force'], other)).toMatchObject({ code: 0 });
    expect(readFileSync(file, 'utf8')).toBe('newer');
  });

  it('leaves nothing behind when the file cannot be written', async () => {
    expect(await run(['backup', 'no/such/folder/b'], { cwd })).toMatchObject({ code: 1 });
    expect(existsSync(join(cwd, 'no'))).toBe(false);
  });

  it('restores through the shell only', async () => {
    writeFileSync(join(cwd, 'b'), 'archive');
    const asked: [string, boolean][] = [];
    const shell = {
      start: async () => 0,
      input: noInput,
      restore: async (archive: Blob, force: boolean) => {
        asked.push([await archive.text(), force]);
        return { setAside: '/data/old' };
      },
    };
    const done = await run(['restore', 'b', '--force'], { cwd, parts: { shell } });
    expect(done).toMatchObject({ code: 0, out: expect.stringContaining('/data/old') });
    expect(asked).toEqual([['archive', true]]);
    expect(await run(['restore', 'missing'], { cwd, parts: { shell } })).toMatchObject({ code: 1 });
    expect(await run(['restore', 'b'], { cwd })).toMatchObject({ code: 1 });
    expect(await run(['start'], { cwd })).toMatchObject({ code: 1 });
  });
});

describe('hosts pin', () => {
  const pinning = (pinned: string | null) => {
    const done: string[][] = [];
    const context = {
      scanHostKey: async () => ({ hostKey: 'ssh-ed25519 AAAA', fingerprint: 'SHA256:abc', pinned }),
      pinHostKey: async (...words: string[]) => void done.push(words),
    };
    return { done, context };
  };

  it('shows the fingerprint and how to pin it, and pins nothing by itself', async () => {
    const { done, context } = pinning(null);
    const { code, out } = await run(['hosts', 'pin', 'web-01'], { context });
    expect(code).toBe(1);
    expect(out).toContain('ssh-ed25519 key SHA256:abc');
    expect(out).toContain('hosts pin web-01 --fingerprint SHA256:abc');
    expect(done).toEqual([]);
  });

  it.each([[['--yes']], [['--fingerprint', 'SHA256:abc']]])('pins with %o', async (flags) => {
    const { done, context } = pinning('ssh-ed25519 OLD');
    const { code, out } = await run(['hosts', 'pin', 'web-01', ...flags], { context });
    expect(code).toBe(0);
    expect(out).toContain('ANOTHER KEY IS PINNED');
    expect(done).toEqual([['web-01', 'ssh-ed25519 AAAA']]);
  });

  it('refuses a key with another fingerprint, also with --yes', async () => {
    const { done, context } = pinning(null);
    const argv = ['hosts', 'pin', 'web-01', '--yes', '--fingerprint', 'SHA256:other'];
    expect(await run(argv, { context })).toMatchObject({ code: 1 });
    expect(done).toEqual([]);
  });

  it('has nothing to do when the key is pinned', async () => {
    const { done, context } = pinning('ssh-ed25519 AAAA');
    expect(await run(['hosts', 'pin', 'web-01'], { context })).toMatchObject({ code: 0 });
    expect(done).toEqual([]);
  });
});

describe('texts', () => {
  it('risk judges one command', async () => {
    expect(await run(['risk', 'df -h'])).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^read-only: /),
    });
  });

  it('risk --jsonl answers each line in its order', async () => {
    const stdin = '{"command":"uptime"}\n\nnonsense\n{"command":"rm -rf /srv"}\n';
    const { code, out } = await run(['risk', '--jsonl'], { stdin });
    const lines = out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { risk?: string; error?: string });
    expect(lines.map(({ risk, error }) => risk ?? typeof error)).toEqual([
      'read-only',
      'string',
      'destructive',
    ]);
    expect(code).toBe(1);
  });

  it('case draft drafts each thread in its order, and names the line and the field that is wrong', async () => {
    const at = '2026-11-25T12:00:00Z';
    const thread = (text: string) => ({
      thread: {
        ...{ platform: 'slack', channel: 'C1', startedAt: at, resolvedAt: null },
        messages: [
          { id: '1', author: 'ann', isBot: false, at, text, reactions: [{ emoji: 'eyes', users: [] }] },
        ],
      },
    });
    const broken = {
      thread: { ...thread('').thread, messages: [{ id: '1', author: 'ann', at: 'noon', text: '' }] },
    };
    const lines = [
      thread(`ran \`systemctl restart nginx # ${knownSecret}\``),
      broken,
      {},
      thread('disk is full'),
    ];
    const stdin = `${lines.map((line) => JSON.stringify(line)).join('\n')}\nnonsense\n`;
    const { code, out } = await run(['case', 'draft', '--json'], { stdin });
    const drafts = out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(drafts).toMatchObject([
      { steps: [{ command: 'systemctl restart nginx # [redacted]', kind: 'remediation' }], rootCause: null },
      { error: 'line 2: thread.messages[0].at is no time: write 2026-11-25T12:30:00Z' },
      { error: 'line 3: the line has no "thread"' },
      { symptoms: ['disk is full'], steps: [], outcome: 'abandoned', durationMinutes: null },
      { error: 'line 5: the line is not a JSON object' },
    ]);
    expect(Object.keys(drafts[0])).toEqual(Object.keys(drafts[3]));
    expect(code).toBe(1);
    expect((await run(['case', 'draft'], { stdin })).code).toBe(2);
  });

  it('case draft reads messages out of order, with a version before it was edited, and without words', async () => {
    const message = (id: string, minute: number, text?: string) => ({
      ...{ id, author: 'ann', at: `2026-11-25T12:0${minute}:00Z` },
      ...(text === undefined ? {} : { text }),
    });
    const messages = [
      message('3', 5, 'works again'),
      message('2', 3, 'ran `systemctl restrat nginx`'),
      message('2', 3, 'ran `systemctl restart nginx`'),
      message('4', 2),
      message('1', 0, 'web-1 is down'),
    ];
    const stdin = `${JSON.stringify({ thread: { platform: 'slack', channel: 'C1', messages } })}\n`;
    const { code, out } = await run(['case', 'draft', '--json'], { stdin });
    expect(JSON.parse(out)).toMatchObject({
      ...{ symptoms: ['web-1 is down'], outcome: 'resolved' },
      steps: [{ command: 'systemctl restart nginx' }],
    });
    expect(code).toBe(0);
  });

  it('redact masks known secrets, as text and as lines', async () => {
    expect(await run(['redact'], { stdin: `say ${knownSecret}\n` })).toEqual({
      code: 0,
      out: 'say [redacted]\n',
      err: '',
    });
    const stdin = `${JSON.stringify({ text: `${knownSecret}\nb` })}\n${JSON.stringify({ text: 'plain' })}\n`;
    expect((await run(['redact', '--jsonl'], { stdin })).out).toBe(
      '{"text":"[redacted]\\nb"}\n{"text":"plain"}\n',
    );
  });

  it('redact copies what comes in pieces, wherever they are cut', async () => {
    const input = async function* () {
      yield `say ${knownSecret.slice(0, 5)}`;
      yield `${knownSecret.slice(5)} now\n`;
    };
    const shell = { start: async () => 0, input, restore: async () => ({ setAside: null }) };
    expect((await run(['redact'], { parts: { shell } })).out).toBe('say [redacted] now\n');
  });

  it('redact reads no further than who reads it has got', async () => {
    const { parts, written } = createParts();
    let [waiting, gone] = [0, 0];
    const flushed = async () => {
      gone += 1;
    };
    const input = async function* () {
      for (let chunk = 0; chunk < 3; chunk += 1) {
        expect(gone).toBe(waiting);
        waiting += 1;
        yield 'x\n'.repeat(400_000);
      }
    };
    const shell = { start: async () => 0, input, restore: async () => ({ setAside: null }) };
    const io = { ...parts.io, flushed };
    expect(await runProgram(['redact'], { ...parts, io, shell })).toBe(0);
    expect(written.out).toHaveLength(2_400_000);
  });

  it('runbook lint names file and line of every problem', async () => {
    const files = ['test/fixtures/runbooks/fence-left-open.md', 'runbooks/disk-full.md', 'no-such-file.md'];
    const { code, out } = await run(['runbook', 'lint', ...files], { cwd: process.cwd() });
    expect(code).toBe(1);
    expect(out).toMatch(/^test\/fixtures\/runbooks\/fence-left-open\.md:\d+: /m);
    expect(out).toContain('no-such-file.md:1: cannot be read');
    expect(out).not.toContain('disk-full.md');
    expect(await run(['runbook', 'lint', 'runbooks/disk-full.md'], { cwd: process.cwd() })).toMatchObject({
      code: 0,
      out: 'The runbook is right.\n',
    });
  });
});

it('runbook lint warns of the line that holds a secret, and what is loaded has a mask there', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'recourse-lint-'));
  const secret = ['hunter2', randomUUID()].join('-');
  const source = `---\ntitle: Secret\n---\n\n## Check\n\nLook.\n\n\`\`\`sh\nmysql --password=${secret} -e 'select 1'\n\`\`\`\n`;
  writeFileSync(join(folder, 'secret.md'), source);
  const { code, out } = await run(['runbook', 'lint', join(folder, 'secret.md')]);
  expect(code).toBe(0);
  expect(out).toMatch(/secret\.md:10: warning: this looks like a secret/);
  expect(out).not.toContain(secret);
  const { versions, warnings, problems } = await readRunbooks(folder, {
    redact: createRedactor([]),
    commandParser: await createBashCommandParser(),
  });
  expect(warnings).toMatchObject([{ file: 'secret.md', line: 10 }]);
  expect(problems).toEqual([]);
  expect(JSON.stringify(versions)).not.toContain(secret);
  rmSync(folder, { recursive: true });
});

it('runbook lint warns of a step that would show its secret to every process list', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'recourse-lint-'));
  const given = '{"id":"look","env":{"TOKEN":{"secret":"runbooks/api"}}}';
  const source = `---\ntitle: Given\n---\n\n## Check\n\nLook.\n\n\`\`\`sh ${given}\ncurl -H "X-Key: $TOKEN" https://api.internal\n\`\`\`\n`;
  writeFileSync(join(folder, 'given.md'), source);
  const { code, out } = await run(['runbook', 'lint', join(folder, 'given.md')]);
  expect(code).toBe(0);
  expect(out).toMatch(/given\.md:10: warning: step look would hand a secret to curl as an argument/);
  const parts = { redact: createRedactor([]), commandParser: await createBashCommandParser() };
  const { warnings } = await readRunbooks(folder, parts);
  expect(warnings).toMatchObject([{ file: 'given.md', line: 10 }]);
  rmSync(folder, { recursive: true });
});

it('ingest ends with 1 when something is wrong', async () => {
  const seen: string[] = [];
  const ingest = async (paths: readonly string[]) => {
    seen.push(...paths);
    const warnings = [{ file: 'y.md', line: 2, message: 'odd' }];
    const problems = [{ file: 'x.md', line: 4, message: 'no title' }];
    return { added: 0, changed: 0, unchanged: 0, warnings, problems };
  };
  const { code, out } = await run(['ingest', 'a', '/b'], { cwd, context: { ingest } });
  expect({ code, out }).toEqual({
    code: 1,
    out: 'y.md:2: warning: odd\nx.md:4: no title\n0 added, 0 changed, 0 unchanged\n',
  });
  expect(seen).toEqual([join(cwd, 'a'), '/b']);
});

it('docs/commands.md names every command', async () => {
  const page = readFileSync('docs/commands.md', 'utf8');
  const { out } = await run(['--help']);
  const names = [...out.matchAll(/^ {2}([a-z]+)(?: |$)/gm)]
    .map((match) => match[1])
    .filter((name) => name !== 'help');
  expect(names.length).toBeGreaterThan(10);
  expect(names.filter((name) => !page.includes(`| \`${name}`))).toEqual([]);
});

it('docs/commands.md names every command of the chat', () => {
  const page = readFileSync('docs/commands.md', 'utf8');
  expect(commandVerbs.filter((verb) => !page.includes(`\`${verb}`))).toEqual([]);
});
