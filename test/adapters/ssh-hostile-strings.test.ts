import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { createSsh2RemoteShell } from '#adapters/ssh/create-ssh2-remote-shell.ts';
import { renderCommand } from '#domain/runbook/render-command.ts';
import { hostileStrings } from '#test/support/hostile-strings.ts';
import { describeWithPeer } from '#test/support/peers.ts';
import { connected, hostAt, never } from '#test/support/remote-host.ts';
import { startSshd } from '#test/support/sshd.ts';

/** A slice; `npm run test:injection` plays a hundred thousand. */
const count = Number(process.env.RECOURSE_CAMPAIGN_STRINGS ?? 4_000);
/** How many share a command: one argument may have 128 KB at most. */
const batch = 250;
const mostBytes = 120_000;

const folder = mkdtempSync(join(tmpdir(), 'recourse-hostile-'));
const canary = join(folder, 'canary');
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Batch {
  readonly command: string;
  readonly values: readonly string[];
}

/** Commands as a runbook makes them, each of which prints its values, a NUL after each. */
function* batches(): Generator<Batch> {
  let values: string[] = [];
  let command = '';
  for (const value of hostileStrings(count, canary)) {
    const rendered = renderCommand("printf -- '%s\\0' {{value}}\n", { value });
    // Line breaks are refused before they come to a shell.
    if (rendered.kind === 'refused') continue;
    if (values.length === batch || Buffer.byteLength(command + rendered.command) > mostBytes) {
      yield { command, values };
      [values, command] = [[], ''];
    }
    values.push(value);
    command += rendered.command;
  }
  yield { command, values };
}

const printedBy = (program: string, words: readonly string[], script: string): readonly string[] => {
  const { stdout, stderr } = spawnSync(program, [...words, script], {
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  expect(stderr).toBe('');
  return stdout.split('\0').slice(0, -1);
};

const shells: readonly (readonly [string, readonly string[]])[] = [
  ['sh', ['-c']],
  ['dash', ['-c']],
  ['bash', ['-c']],
  ['busybox', ['sh', '-c']],
];
const installed = shells.filter(([program, words]) => spawnSync(program, [...words, 'true']).status === 0);

describe(`${count} hostile values`, () => {
  it('are refused for a line break, and for nothing else that one word can hold', () => {
    for (const value of hostileStrings(count, canary)) {
      const { kind } = renderCommand("printf -- '%s\\0' {{value}}", { value });
      expect(kind).toBe(/[\n\r]/.test(value) ? 'refused' : 'rendered');
    }
  });

  it.each(installed)('come through %s as one word each, with their bytes', (program, words) => {
    for (const { command, values } of batches()) expect(printedBy(program, words, command)).toEqual(values);
    expect(existsSync(canary)).toBe(false);
  });

  it.each(installed)('do not run in %s when quoted like this, and would without', (program, words) => {
    printedBy(program, words, `true $(touch ${canary})`);
    expect(existsSync(canary)).toBe(true);
    rmSync(canary);
  });

  describeWithPeer('sshd', 'over SSH', () => {
    it('come through as one word each, with their bytes, as parameters and in the environment', async () => {
      const sshd = await startSshd();
      const shell = createSsh2RemoteShell();
      const session = await connected(shell, hostAt(sshd));
      for (const { command, values } of batches()) {
        const environment = { FIRST: values[0] ?? '', LAST: values.at(-1) ?? '' };
        const printed = `${command}printf -- '%s\\0' "$FIRST" "$LAST"`;
        const step = { command: printed, timeoutMs: 60_000, environment, attempt: null };
        const { stdout, stderr } = await session.run(step, () => undefined, never);
        expect(stderr.text).toBe('');
        expect(stdout.text.split('\0')).toEqual([...values, environment.FIRST, environment.LAST, '']);
      }
      await session.close();
      await shell.close();
      await sshd.stop();
      expect(existsSync(canary)).toBe(false);
    });
  });
});
