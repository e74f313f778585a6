import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'recourse-shell-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** The real program, in an empty folder and with nothing of this machine's settings. */
function shell(argv: readonly string[], input = '') {
  const { status, stdout, stderr } = spawnSync(process.execPath, [resolve('src/cli.ts'), ...argv], {
    cwd: folder,
    env: { PATH: process.env.PATH },
    input,
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}

describe('the recourse command in a shell', () => {
  it('prints its help and refuses what it does not know', () => {
    expect(shell(['--help'])).toMatchObject({ status: 0, stderr: '' });
    expect(shell(['nonsense'])).toMatchObject({ status: 2, stdout: '' });
  });

  it('filters the standard input, long ones too', () => {
    const lines = Array.from({ length: 3000 }, () => JSON.stringify({ command: 'uptime' })).join('\n');
    const { status, stdout, stderr } = shell(['risk', '--jsonl'], lines);
    expect({ status, stderr, lines: stdout.trim().split('\n').length }).toEqual({
      status: 0,
      stderr: '',
      lines: 3000,
    });
  });

  it('lints files of the folder it is called in', () => {
    writeFileSync(join(folder, 'bad.md'), '---\ntitle: x\n---\n## Check\n```sh\ndf\n');
    expect(shell(['runbook', 'lint', 'bad.md'])).toMatchObject({
      status: 1,
      stdout: expect.stringMatching(/^bad\.md:\d+: /),
    });
  });

  it('reads .env, and ends with 78 naming all that is wrong in it', () => {
    writeFileSync(join(folder, '.env'), 'RECOURSE_LOG_LEVEL=loud\nRECOURSE_PLAYGROUND=maybe\n');
    const { status, stderr } = shell(['fold']);
    expect(status).toBe(78);
    expect(stderr).toContain('RECOURSE_LOG_LEVEL');
    expect(stderr).toContain('RECOURSE_PLAYGROUND');
  });
});
