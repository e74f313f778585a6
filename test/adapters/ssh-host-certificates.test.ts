import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSsh2RemoteShell } from '#adapters/ssh/create-ssh2-remote-shell.ts';
import { readTrust } from '#adapters/ssh/host-trust.ts';
import { judgeHostCertificate } from '#adapters/ssh/judge-host-certificate.ts';
import type { HostEntry } from '#domain/host.ts';
import { describeWithPeer } from '#test/support/peers.ts';
import { connected, hostAt, never, refused } from '#test/support/remote-host.ts';
import { type Authority, blobOf, type KeyType, makeAuthority, makeKey } from '#test/support/ssh-authority.ts';
import { startSshd, type TestSshd } from '#test/support/sshd.ts';

const keyTypes: readonly KeyType[] = ['ed25519', 'ecdsa-256', 'ecdsa-384', 'ecdsa-521', 'rsa'];
const now = new Date();

describeWithPeer('sshd', 'host certificates', () => {
  let dir: string;
  let key: string;
  let publicKey: string;
  let authority: Authority;

  beforeAll(() => {
    dir = mkdtempSync(join(tmpdir(), 'recourse-certificates-'));
    key = join(dir, 'host');
    publicKey = makeKey(key, 'ed25519');
    authority = makeAuthority();
  });
  afterAll(() => {
    authority?.remove();
    rmSync(dir, { recursive: true, force: true });
  });

  const forHost = ['-h', '-I', 'web', '-n', 'web-01,10.0.0.7', '-V', '-1h:+1h'];
  const judge = (blob: Buffer, lines: readonly string[], names = ['10.0.0.7', 'web-01'], at = now) =>
    judgeHostCertificate(blob, readTrust(lines.join('\n')), names, at);
  const trusting = () => [`@cert-authority ${authority.publicKey}`];
  const made = (words: readonly string[]): Buffer => blobOf(authority.certify(key, words));

  describe('judged', () => {
    it.each(keyTypes)('names the key when an authority with a key of type %s signed it', (type) => {
      const other = makeAuthority(type);
      const blob = blobOf(other.certify(key, forHost));
      const judged = judge(blob, [`@cert-authority ${other.publicKey}`]);
      other.remove();
      expect(judged).toEqual({ kind: 'trusted', key: { type: 'ssh-ed25519', blob: blobOf(`${key}.pub`) } });
    });

    it.each(keyTypes)('names a key of type %s', (type) => {
      const path = join(dir, type);
      const [name = ''] = makeKey(path, type).split(' ');
      const blob = blobOf(authority.certify(path, forHost));
      expect(judge(blob, trusting())).toEqual({
        kind: 'trusted',
        key: { type: name, blob: blobOf(`${path}.pub`) },
      });
    });

    it('is for the name or the address, in any case', () => {
      const blob = made(forHost);
      expect(judge(blob, trusting(), ['WEB-01']).kind).toBe('trusted');
      expect(judge(blob, trusting(), ['10.0.0.8', 'web-0'])).toMatchObject({
        why: expect.stringContaining('is for web-01, 10.0.0.7, not for 10.0.0.8'),
      });
    });

    it.each([
      ['for everybody', ['-h', '-I', 'web'], 'is for nobody'],
      ['for a login', ['-I', 'web', '-n', 'web-01'], 'for a person'],
      ['expired', ['-h', '-I', 'web', '-n', 'web-01', '-V', '-2h:-1h'], 'expired at'],
      ['not valid yet', ['-h', '-I', 'web', '-n', 'web-01', '-V', '+1h:+2h'], 'is valid only from'],
      ['with an option that nobody knows', [...forHost, '-O', 'critical:x@example.com=1'], 'x@example.com'],
    ])('is refused %s', (_what, words, why) => {
      expect(judge(made(words), trusting())).toMatchObject({
        kind: 'refused',
        why: expect.stringContaining(why),
      });
    });

    it('is refused by an authority that is not trusted, or trusted no more', () => {
      const blob = made(forHost);
      const stranger = makeAuthority();
      expect(judge(blob, [`@cert-authority ${stranger.publicKey}`]).kind).toBe('refused');
      expect(judge(blob, [...trusting(), `@revoked ${authority.publicKey}`])).toMatchObject({
        why: expect.stringContaining('revoked authority'),
      });
      expect(judge(blob, [...trusting(), `@revoked ${publicKey}`])).toMatchObject({
        why: expect.stringContaining('revoked key'),
      });
      stranger.remove();
    });

    it('trusts nobody where a line cannot be read: it may have been meant to revoke', () => {
      const blob = made(forHost);
      for (const line of ['@revoked nonsense', '@unknown ssh-ed25519 x', '@revoked']) {
        expect(judge(blob, [...trusting(), line]).kind).toBe('refused');
      }
    });

    it('is refused with any byte changed, cut short or too long', () => {
      const blob = made(forHost);
      for (let at = 0; at < blob.length; at += 1) {
        const changed = Buffer.from(blob);
        changed[at] = (changed[at] ?? 0) ^ 1;
        expect(judge(changed, trusting()).kind).toBe('refused');
        expect(judge(blob.subarray(0, at), trusting()).kind).toBe('refused');
      }
      expect(judge(Buffer.concat([blob, Buffer.alloc(1)]), trusting()).kind).toBe('refused');
    });

    it('is refused when it is signed with SHA-1', () => {
      const old = makeAuthority('rsa');
      const blob = blobOf(old.certify(key, ['-t', 'ssh-rsa', ...forHost]));
      expect(judge(blob, [`@cert-authority ${old.publicKey}`]).kind).toBe('refused');
      old.remove();
    });
  });

  describe('shown by a server', () => {
    const shell = createSsh2RemoteShell();
    const started: TestSshd[] = [];
    afterAll(async () => {
      await shell.close();
      for (const sshd of started) await sshd.stop();
    });
    const serve = async (
      words: readonly string[],
      type: KeyType = 'ed25519',
      sshdConfig: readonly string[] = [],
    ): Promise<TestSshd> => {
      const sshd = await startSshd({
        sshdConfig,
        prepare: (folder) => {
          const path = join(folder, 'certified');
          makeKey(path, type);
          return [`HostKey ${path}`, `HostCertificate ${authority.certify(path, words)}`];
        },
      });
      started.push(sshd);
      return sshd;
    };
    const local = ['-h', '-I', 'web', '-n', '127.0.0.1', '-V', '-1h:+1h'];
    const certified = (sshd: TestSshd, change: Partial<HostEntry> = {}) =>
      hostAt(sshd, { hostKey: trusting()[0] ?? '', ...change });
    const say = async (
      host: HostEntry & ReturnType<typeof certified>,
      jumps: readonly (typeof host)[] = [],
    ) => {
      const session = await connected(shell, host, jumps);
      const command = { command: 'echo in', timeoutMs: 20_000, environment: {}, attempt: null };
      const { stdout } = await session.run(command, () => undefined, never);
      await session.close();
      return stdout.text;
    };

    it.each(keyTypes)('let us in with a key of type %s', async (type) => {
      expect(await say(certified(await serve(local, type)))).toBe('in\n');
    });

    it.each(['curve25519-sha256', 'curve25519-sha256@libssh.org', 'ecdh-sha2-nistp256'])(
      'is asked for by %s',
      async (exchange) => {
        expect(await say(certified(await serve(local, 'rsa', [`KexAlgorithms ${exchange}`])))).toBe('in\n');
      },
    );

    it('cannot be asked for where no exchange is known to both', async () => {
      const sshd = await serve(local, 'ed25519', ['KexAlgorithms diffie-hellman-group14-sha256']);
      expect(await refused(shell, certified(sshd))).toMatchObject({
        reason: 'host-certificate-refused',
        message: expect.stringContaining('it knows none of curve25519-sha256'),
      });
    });

    it('is checked at a jump host and behind it', async () => {
      const [near, far] = [await serve(local), await serve(local)];
      expect(await say(certified(far), [certified(near, { name: 'bastion' })])).toBe('in\n');
      const stranger = await serve(['-h', '-I', 'web', '-n', 'elsewhere']);
      expect(await refused(shell, certified(stranger), [certified(near)])).toMatchObject({
        reason: 'host-certificate-refused',
      });
      const bastion = certified(stranger, { name: 'bastion' });
      expect(await refused(shell, certified(far), [bastion])).toMatchObject({
        reason: 'jump-failed',
        message: expect.stringContaining('bastion'),
      });
    });

    it('is refused when it is for another host, with what it says of itself', async () => {
      const refusal = await refused(
        shell,
        certified(await serve(['-h', '-I', 'db', '-n', 'db-01', '-z', '7'])),
      );
      expect(refusal).toMatchObject({
        reason: 'host-certificate-refused',
        message: expect.stringContaining('"db" (serial 7) is for db-01, not for 127.0.0.1 or web-01'),
      });
    });

    it('is missed where the server has none, and where nobody speaks SSH', async () => {
      const plain = await startSshd();
      started.push(plain);
      expect(await refused(shell, certified(plain))).toMatchObject({
        reason: 'host-certificate-refused',
        message: expect.stringContaining('it has no host certificate'),
      });
      expect((await refused(shell, certified(plain, { port: 1 }))).reason).toBe('unreachable');
    });

    it('is waited for no longer than any other answer', async () => {
      const silent = createServer(() => undefined).listen(0, '127.0.0.1');
      await once(silent, 'listening');
      const { port } = silent.address() as AddressInfo;
      const hasty = createSsh2RemoteShell({ connectTimeoutMs: 300 });
      const sshd = await serve(local);
      expect(await refused(hasty, certified(sshd, { port }))).toMatchObject({
        reason: 'unreachable',
        message: expect.stringContaining('timed out'),
      });
      const cancel = new AbortController();
      silent.once('connection', () => cancel.abort());
      const connecting = shell.connect(certified(sshd, { port }), [], cancel.signal);
      expect(await connecting).toMatchObject({ kind: 'refused', reason: 'cancelled' });
      silent.close();
    });

    it('is nothing where somebody else answers', async () => {
      const other = createServer((socket) => {
        socket.on('error', () => undefined);
        socket.write('HTTP/1.1 400 Bad Request\r\n'.repeat(1_000));
      }).listen(0, '127.0.0.1');
      await once(other, 'listening');
      const { port } = other.address() as AddressInfo;
      expect(await refused(shell, certified(await serve(local), { port }))).toMatchObject({
        reason: 'host-certificate-refused',
        message: expect.stringContaining('no SSH server'),
      });
      other.close();
    });

    it('does not help a host whose pinned key changed or is revoked', async () => {
      const sshd = await serve(local);
      const both = [publicKey, ...trusting()].join('\n');
      expect((await refused(shell, certified(sshd, { hostKey: both }))).reason).toBe('host-key-changed');
      const revoked = [sshd.hostKeyPublic, `@revoked ${sshd.hostKeyPublic}`].join('\n');
      expect((await refused(shell, certified(sshd, { hostKey: revoked }))).reason).toBe('host-key-revoked');
    });
  });
});
