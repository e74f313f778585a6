import { once } from 'node:events';
import { mkdtempSync, realpathSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSsh2HostKeyScanner } from '#adapters/ssh/create-ssh2-host-key-scanner.ts';
import { createSsh2RemoteShell } from '#adapters/ssh/create-ssh2-remote-shell.ts';
import { createSandbox, type Sandbox } from '#adapters/ssh/sandbox/create-sandbox.ts';
import { attemptRecordContract } from '#test/contracts/attempt-record.contract.ts';
import { remoteShellContract } from '#test/contracts/remote-shell.contract.ts';
import { connected, hostOf, napping, never, refused, uniqueNap } from '#test/support/remote-host.ts';

const makeSandbox = async () => {
  const directory = realpathSync(mkdtempSync(join(tmpdir(), 'recourse-sandbox-')));
  const sandbox = await createSandbox({ directory });
  const stop = async (): Promise<void> => {
    await sandbox.close();
    rmSync(directory, { recursive: true, force: true });
  };
  return { directory, sandbox, stop };
};

const start = async () => {
  const { sandbox, stop } = await makeSandbox();
  return { host: hostOf(sandbox.host), stop };
};
remoteShellContract('sandbox', start);
attemptRecordContract('sandbox', start);

describe('who is let in', () => {
  const shell = createSsh2RemoteShell({ connectTimeoutMs: 2_000 });
  let sandbox: Sandbox;
  let directory: string;
  let stop: () => Promise<void>;

  beforeAll(async () => {
    ({ sandbox, directory, stop } = await makeSandbox());
  });
  afterAll(() => stop());

  it('scans the key that the host then shows', async () => {
    const { host } = sandbox;
    const scanned = await createSsh2HostKeyScanner().scan(host.address, host.port);
    expect(scanned.hostKey).toBe(host.hostKey);
    expect(scanned.fingerprint).toMatch(/^SHA256:[A-Za-z0-9+/]{43}$/);
  });

  it('refuses an unknown host key with its fingerprint and the command that pins it', async () => {
    const { fingerprint } = await createSsh2HostKeyScanner().scan('127.0.0.1', sandbox.host.port);
    const refusal = await refused(shell, hostOf({ ...sandbox.host, hostKey: null }));
    expect(refusal.reason).toBe('host-key-unknown');
    expect(refusal.message).toContain(fingerprint);
    expect(refusal.advice).toContain('npm run -s recourse -- hosts pin demo-web-01');
  });

  it('refuses a changed host key', async () => {
    const other = await makeSandbox();
    const refusal = await refused(shell, hostOf({ ...sandbox.host, hostKey: other.sandbox.host.hostKey }));
    await other.stop();
    expect(refusal.reason).toBe('host-key-changed');
  });

  it('refuses when the host no longer has a key of the pinned type', async () => {
    const type = 'ecdsa-sha2-nistp256';
    const length = Buffer.alloc(4);
    length.writeUInt32BE(type.length);
    const pin = `${type} ${Buffer.concat([length, Buffer.from(`${type}rest`)]).toString('base64')}`;
    const refusal = await refused(shell, hostOf({ ...sandbox.host, hostKey: pin }));
    expect(refusal.reason).toBe('host-key-changed');
  });

  it('refuses an unreadable pin as if there were none', async () => {
    const refusal = await refused(shell, hostOf({ ...sandbox.host, hostKey: 'ssh-ed25519 nonsense' }));
    expect(refusal.reason).toBe('host-key-unknown');
  });

  it.each([
    ['another name', { user: 'nobody-else' }],
    ['a missing key file', { login: { kind: 'key-file', path: '/no/such/key' } as const }],
    ['a key file that holds none', { login: { kind: 'key-file', path: '/dev/null' } as const }],
    ['an agent that is not there', { login: { kind: 'agent', socket: '/no/such/agent' } as const }],
  ])('refuses %s', async (_what, change) => {
    expect((await refused(shell, hostOf({ ...sandbox.host, ...change }))).reason).toBe('login-failed');
  });

  it('refuses another key', async () => {
    const login = { kind: 'key-file', path: join(directory, 'keys', 'host_key') } as const;
    expect((await refused(shell, hostOf({ ...sandbox.host, login }))).reason).toBe('login-failed');
  });

  it('tells that nobody listens', async () => {
    const probe = createServer().listen(0, '127.0.0.1');
    await once(probe, 'listening');
    const address = probe.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    probe.close();
    await once(probe, 'close');
    expect((await refused(shell, hostOf({ ...sandbox.host, port }))).reason).toBe('unreachable');
    await expect(createSsh2HostKeyScanner().scan('127.0.0.1', port)).rejects.toMatchObject({
      kind: 'unavailable',
    });
  });

  describe.each([
    ['says nothing', '', 'unreachable'],
    ['speaks HTTP', 'HTTP/1.1 400 Bad Request\r\n\r\n', 'handshake-failed'],
  ])('a server that %s', (_what, greeting, reason) => {
    const server = createServer((socket) => {
      socket.on('error', () => undefined);
      if (greeting !== '') socket.end(greeting);
    });
    let host: ReturnType<typeof hostOf>;
    beforeAll(async () => {
      server.listen(0, '127.0.0.1');
      await once(server, 'listening');
      const address = server.address();
      host = hostOf({
        ...sandbox.host,
        port: typeof address === 'object' && address !== null ? address.port : 0,
      });
    });
    afterAll(() => {
      server.close();
    });

    it('is refused', async () => {
      const hasty = createSsh2RemoteShell({ connectTimeoutMs: 500 });
      expect((await refused(hasty, host)).reason).toBe(reason);
    });
  });

  it('stops connecting when it is cancelled', async () => {
    const silent = createServer(() => undefined).listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const address = silent.address();
    const host = hostOf({
      ...sandbox.host,
      port: typeof address === 'object' && address !== null ? address.port : 0,
    });
    const cancel = new AbortController();
    silent.once('connection', () => cancel.abort());
    expect(await shell.connect(host, [], cancel.signal)).toMatchObject({
      kind: 'refused',
      reason: 'cancelled',
    });
    expect(await shell.connect(host, [], cancel.signal)).toMatchObject({
      kind: 'refused',
      reason: 'cancelled',
    });
    silent.close();
  });
});

describe('the sandbox host', () => {
  it('keeps keys, pin and port over a restart, and its private keys to itself', async () => {
    const { directory, sandbox } = await makeSandbox();
    await sandbox.close();
    const again = await createSandbox({ directory });
    expect(again.host).toEqual(sandbox.host);
    expect(await again.load()).toEqual([again.host]);
    for (const name of ['host_key', 'client_key']) {
      expect(statSync(join(directory, 'keys', name)).mode & 0o777).toBe(0o600);
    }
    const session = await connected(createSsh2RemoteShell(), hostOf(again.host));
    await session.close();
    await again.close();
    rmSync(directory, { recursive: true, force: true });
  });

  it('gives commands a clean environment in the scratch folder', async () => {
    process.env.RECOURSE_TEST_LEAK = 'leaked';
    const { directory, sandbox, stop } = await makeSandbox();
    const session = await connected(createSsh2RemoteShell(), hostOf(sandbox.host));
    const result = await session.run(
      { command: 'pwd; env', timeoutMs: 9_000, environment: {}, attempt: null },
      () => undefined,
      never,
    );
    delete process.env.RECOURSE_TEST_LEAK;
    expect(result.stdout.text.split('\n')[0]).toBe(sandbox.scratch);
    expect(result.stdout.text).toContain(`PATH=${join(directory, 'bin')}:`);
    expect(result.stdout.text).toContain(`HOME=${sandbox.scratch}\n`);
    expect(result.stdout.text).not.toContain('leaked');
    await session.close();
    await stop();
  });

  it('ends its commands when it is closed', async () => {
    const { sandbox, stop } = await makeSandbox();
    const session = await connected(createSsh2RemoteShell(), hostOf(sandbox.host));
    const nap = uniqueNap();
    const result = await session.run(
      { command: `sleep ${nap} & echo up; wait`, timeoutMs: 25_000, environment: {}, attempt: null },
      () => void stop(),
      never,
    );
    expect(['lost', 'killed']).toContain(result.kind);
    expect(napping(nap)).toEqual([]);
    await session.close();
  });
});
