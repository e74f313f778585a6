import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createSsh2RemoteShell } from '#adapters/ssh/create-ssh2-remote-shell.ts';
import type { Host } from '#domain/host.ts';
import { describeWithPeer } from '#test/support/peers.ts';
import { connected, hostAt, never, refused } from '#test/support/remote-host.ts';
import { startAgent } from '#test/support/ssh-agent.ts';
import { type Authority, type KeyType, makeAuthority, makeKey } from '#test/support/ssh-authority.ts';
import { startSshd, type TestSshd } from '#test/support/sshd.ts';

const keyTypes: readonly KeyType[] = ['ed25519', 'ecdsa-256', 'ecdsa-384', 'ecdsa-521', 'rsa'];

describeWithPeer('sshd', 'logging in with a certificate', () => {
  const shell = createSsh2RemoteShell();
  let dir: string;
  let authority: Authority;
  let sshd: TestSshd;

  beforeAll(async () => {
    dir = mkdtempSync(join(tmpdir(), 'recourse-logins-'));
    authority = makeAuthority();
    sshd = await startSshd({
      clientKeyAuthorized: false,
      sshdConfig: [`TrustedUserCAKeys ${authority.publicPath}`],
    });
  });
  afterAll(async () => {
    await shell.close();
    await sshd?.stop();
    authority?.remove();
    rmSync(dir, { recursive: true, force: true });
  });

  let keys = 0;
  const newKey = (type: KeyType = 'ed25519'): string => {
    keys += 1;
    const path = join(dir, `key-${keys}`);
    makeKey(path, type);
    return path;
  };
  const certified = (words: readonly string[], type?: KeyType): string => {
    const path = newKey(type);
    authority.certify(path, ['-I', 'ada', ...words]);
    return path;
  };
  const forLogin = () => ['-n', sshd.login, '-V', '-1h:+1h'];
  const hostWith = (path: string): Host => hostAt(sshd, { login: { kind: 'key-file', path } });
  const say = async (host: Host, jumps: readonly Host[] = []): Promise<string> => {
    const session = await connected(shell, host, jumps);
    const command = { command: 'echo in', timeoutMs: 20_000, environment: {}, attempt: null };
    const { stdout } = await session.run(command, () => undefined, never);
    await session.close();
    return stdout.text;
  };

  it.each(keyTypes)('works with a key of type %s', async (type) => {
    expect(await say(hostWith(certified(forLogin(), type)))).toBe('in\n');
    expect(sshd.log()).toMatch(/Accepted publickey for \S+ from .*-CERT/);
  });

  it('works through a jump host, at both', async () => {
    const host = hostWith(certified(forLogin()));
    expect(await say(host, [hostWith(certified(forLogin()))])).toBe('in\n');
  });

  it.each(['ed25519', 'rsa', 'ecdsa-256'] as const)(
    'works with an agent that holds it for %s',
    async (type) => {
      const agent = await startAgent(join(dir, `agent-${type}`));
      await agent.add(certified(forLogin(), type));
      const host = hostAt(sshd, { login: { kind: 'agent', socket: agent.socket } });
      expect(await say(host)).toBe('in\n');
      await agent.stop();
    },
  );

  it('needs the certificate: the key alone is not let in', async () => {
    expect((await refused(shell, hostWith(newKey()))).reason).toBe('login-failed');
  });

  it('falls back to the key, if that one may log in', async () => {
    const path = newKey();
    const other = await startSshd({
      authorizedKeys: [execFileSync('cat', [`${path}.pub`], { encoding: 'utf8' }).trim()],
    });
    authority.certify(path, ['-I', 'ada', ...forLogin()]);
    expect(await say(hostAt(other, { login: { kind: 'key-file', path } }))).toBe('in\n');
    await other.stop();
  });

  it('tells why a certificate was of no use', async () => {
    const expired = await refused(shell, hostWith(certified(['-n', sshd.login, '-V', '-2h:-1h'])));
    expect(expired.message).toMatch(/its certificate was not used, because it expired at \d{4}-/);
    const forHost = await refused(shell, hostWith(certified(['-h', '-n', 'web-01'])));
    expect(forHost.message).toContain('for a host, not for a login');
    const path = newKey();
    execFileSync('cp', [`${certified(forLogin())}-cert.pub`, `${path}-cert.pub`]);
    expect((await refused(shell, hostWith(path))).message).toContain('it is for another key');
    const broken = newKey();
    writeFileSync(`${broken}-cert.pub`, 'nonsense\n');
    expect((await refused(shell, hostWith(broken))).message).toContain('it cannot be read');
  });

  it('is refused by the host for another login', async () => {
    expect((await refused(shell, hostWith(certified(['-n', 'somebody-else'])))).reason).toBe('login-failed');
  });

  it('logs in anew once the certificate was renewed', async () => {
    const path = certified(forLogin());
    const host = hostWith(path);
    const logins = (): number => sshd.log().split('Accepted publickey').length;
    await say(host);
    const before = logins();
    authority.certify(path, ['-I', 'renewed', ...forLogin()]);
    await say(host);
    expect(logins()).toBe(before + 1);
  });
});
