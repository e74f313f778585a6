import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createSsh2RemoteShell } from '#adapters/ssh/create-ssh2-remote-shell.ts';
import { createSandbox, type Sandbox } from '#adapters/ssh/sandbox/create-sandbox.ts';
import { quoteWord } from '#domain/runbook/quote-word.ts';
import type { RemoteSession } from '#ports/remote-shell.ts';
import { connected, hostOf, never } from '#test/support/remote-host.ts';

type Step = {
  readonly id: string;
  readonly command: string;
  readonly expect: RegExp;
  readonly exit: readonly number[];
};

/** The steps of a runbook by id, with the host's own values for the parameters. */
const stepsOf = (file: string, parameters: Readonly<Record<string, string>>): ReadonlyMap<string, Step> => {
  const text = readFileSync(new URL(`../../runbooks/${file}`, import.meta.url), 'utf8');
  const fences = [...text.matchAll(/^```sh (\{.*\})\n([\s\S]*?)^```$/gm)];
  return new Map(
    fences.map(([, attributes = '{}', body = '']) => {
      const { id, expect: pattern = '', exit = [0] } = JSON.parse(attributes);
      const command = body
        .trim()
        .replaceAll(/\{\{(\w+)\}\}/g, (_, name) => quoteWord(parameters[name] ?? `no ${name}`));
      return [id, { id, command, expect: new RegExp(pattern), exit }];
    }),
  );
};

describe('the story that the sandbox tells', () => {
  let directory: string;
  let sandbox: Sandbox;
  let session: RemoteSession;

  beforeAll(async () => {
    directory = mkdtempSync(join(tmpdir(), 'recourse-story-'));
    sandbox = await createSandbox({ directory });
    session = await connected(createSsh2RemoteShell(), hostOf(sandbox.host));
  });
  afterAll(async () => {
    await session?.close();
    await sandbox?.close();
    rmSync(directory, { recursive: true, force: true });
  });
  beforeEach(() => sandbox.reset());

  const run = async (command: string) => {
    const result = await session.run(
      { command, timeoutMs: 20_000, environment: {}, attempt: null },
      () => undefined,
      never,
    );
    if (result.kind !== 'exited') throw new Error(`${command}: ${result.kind}`);
    return { exit: result.exitCode, stdout: result.stdout.text, stderr: result.stderr.text };
  };
  const tell = (file: string) => {
    const steps = stepsOf(file, sandbox.host.parameters);
    return async (id: string) => {
      const step = steps.get(id);
      if (step === undefined) throw new Error(`${file} has no step ${id}`);
      const result = await run(step.command);
      return { ...result, good: step.exit.includes(result.exit) && step.expect.test(result.stdout) };
    };
  };

  it('begins full and failed, as the checks of disk-full show', async () => {
    const step = tell('disk-full.md');
    const usage = await step('usage');
    expect(usage.good).toBe(true);
    expect(Number(/(\d+)%/.exec(usage.stdout)?.[1])).toBeGreaterThanOrEqual(97);
    const biggest = await step('biggest');
    expect(biggest.good).toBe(true);
    expect(biggest.stdout).toContain('system@demo-web-01-0001.journal');
    expect((await step('journal-size')).stdout).toContain('take up 68.0M');
    expect((await step('usage-after')).good).toBe(false);
    expect((await step('nginx-active')).good).toBe(false);
  });

  it('does not let nginx start while the volume is full', async () => {
    const step = tell('disk-full.md');
    expect((await step('restart-nginx')).stderr).toContain('Job for nginx.service failed');
    expect((await step('nginx-active')).good).toBe(false);
    expect((await step('nginx-back')).good).toBe(false);
  });

  it('ends well after the fix of disk-full', async () => {
    const step = tell('disk-full.md');
    const shrunk = await step('shrink-journal');
    expect(shrunk).toMatchObject({ good: true, stderr: expect.stringContaining('freed 24.0M') });
    expect((await step('restart-nginx')).good).toBe(true);
    expect((await step('usage-after')).good).toBe(true);
    expect((await step('nginx-active')).good).toBe(true);
    expect((await step('nginx-back')).good).toBe(true);
  });

  it('shrinks nothing when more may be kept than there is, so the check still fails', async () => {
    await run('journalctl --vacuum-size=100M');
    expect((await tell('disk-full.md')('usage-after')).good).toBe(false);
  });

  it('removes archived journal files by age', async () => {
    expect((await run('journalctl --vacuum-time=5d')).stderr).toContain('freed 32.0M');
  });

  it('believes what is really in the files', async () => {
    await run(': >var/log/nginx/access.log; : >var/log/nginx/error.log');
    const step = tell('disk-full.md');
    expect((await step('usage-after')).good).toBe(true);
    writeFileSync(join(sandbox.scratch, 'var/log/new.log'), Buffer.alloc(12 * 1024 * 1024));
    expect((await step('usage-after')).good).toBe(false);
  });

  it('lets nginx-5xx find the full disk, and mend nginx once there is room', async () => {
    const step = tell('nginx-5xx.md');
    for (const id of ['status', 'journal', 'error-log', 'disk']) expect((await step(id)).good).toBe(true);
    expect((await step('status')).stdout).toContain('failed');
    expect((await step('journal')).stdout).toContain('No space left on device');
    expect((await step('error-log')).stdout).toContain('No space left on device');
    for (const id of ['reload', 'restart', 'active', 'settled', 'nginx-back']) {
      expect((await step(id)).good).toBe(false);
    }
    await run('journalctl --vacuum-size=50M');
    expect((await step('reload')).good).toBe(false);
    for (const id of ['restart', 'active', 'settled', 'reload', 'nginx-back']) {
      expect((await step(id)).good).toBe(true);
    }
  });

  it('knows no other unit, as systemd would say it', async () => {
    expect(await run('systemctl status mysql')).toMatchObject({
      exit: 4,
      stderr: expect.stringContaining('could not be found'),
    });
    expect(await run('systemctl is-active mysql')).toMatchObject({ exit: 4, stdout: 'inactive\n' });
    expect(await run('systemctl restart mysql')).toMatchObject({ exit: 5 });
    expect(await run('systemctl frobnicate nginx')).toMatchObject({ exit: 1 });
  });

  it('shows the machine as it is anywhere else', async () => {
    expect((await run('df -P /')).stdout).not.toContain('/dev/mapper/logs');
    expect((await run('df -P')).stdout).toMatch(/\/\n[\s\S]*\/dev\/mapper\/logs/);
    expect((await run('df -P /var/log')).stdout).toContain('/dev/mapper/logs');
    expect((await run('df -h /no/such/path')).exit).not.toBe(0);
  });

  it('is bad again after a reset, which ends what runs', async () => {
    await run('journalctl --vacuum-size=50M; systemctl restart nginx');
    const running = session.run(
      { command: 'echo up; sleep 60', timeoutMs: 20_000, environment: {}, attempt: null },
      () => void sandbox.reset(),
      never,
    );
    expect(await running).toMatchObject({ kind: 'killed', signal: 'SIGKILL' });
    await sandbox.reset();
    expect((await run('systemctl is-active nginx')).stdout).toBe('failed\n');
    expect((await tell('disk-full.md')('usage-after')).good).toBe(false);
  });
});
