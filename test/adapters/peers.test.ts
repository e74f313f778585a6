import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import postgres from 'postgres';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launchChromium, type TestChromium } from '#test/support/chromium.ts';
import { describeWithPeer } from '#test/support/peers.ts';
import { startSshd, type TestSshd } from '#test/support/sshd.ts';

const run = promisify(execFile);

/** Debian's own client, logging in to `server` with the key of `keyOf`. */
const ssh = (server: TestSshd, keyOf: TestSshd, command: string) =>
  run('ssh', [
    ...['-F', 'none', '-i', keyOf.clientKeyPath, '-p', `${server.port}`, '-o', 'BatchMode=yes'],
    ...['-o', 'StrictHostKeyChecking=no', '-o', 'UserKnownHostsFile=/dev/null', '-o', 'IdentitiesOnly=yes'],
    ...[`${server.login}@127.0.0.1`, command],
  ]);

/** A process that has ended and waits to be collected by its parent (state Z) does not run. */
const isRunning = async (pid: number): Promise<boolean> => {
  const state = await run('ps', ['-o', 'stat=', '-p', `${pid}`]).catch(() => ({ stdout: '' }));
  return /^[^Z]/.test(state.stdout.trim());
};

describeWithPeer('sshd', 'the OpenSSH server for tests', () => {
  let sshd: TestSshd;
  beforeAll(async () => {
    sshd = await startSshd();
  });
  afterAll(() => sshd.stop());

  it('answers with its banner and the host key that it says it has', async () => {
    const scan = await run('ssh-keyscan', ['-t', 'ed25519', '-p', `${sshd.port}`, '127.0.0.1']);
    const lines = `${scan.stderr}${scan.stdout}`.split('\n');
    expect(lines).toContainEqual(expect.stringContaining('SSH-2.0-OpenSSH'));
    expect(lines).toContain(`[127.0.0.1]:${sshd.port} ${sshd.hostKeyPublic}`);
    const listing = run('ssh-keygen', ['-lf', '-']);
    listing.child.stdin?.end(scan.stdout);
    expect((await listing).stdout.split(' ')[1]).toBe(sshd.hostKeyFingerprint);
  });

  it('lets the generated key in and runs a command', async () => {
    expect((await ssh(sshd, sshd, 'id -un')).stdout.trim()).toBe(sshd.login);
    expect(sshd.log()).toContain(`Accepted publickey for ${sshd.login}`);
  });

  it('refuses a key it does not know, and lets it in once told', async () => {
    await using stack = new AsyncDisposableStack();
    const stranger = await startSshd();
    stack.defer(stranger.stop);
    await expect(ssh(sshd, stranger, 'true')).rejects.toThrow('Permission denied (publickey)');
    const open = await startSshd({
      authorizedKeys: [readFileSync(`${stranger.clientKeyPath}.pub`, 'utf8').trim()],
      sshdConfig: ['SetEnv TOLD_BY=sshd_config'],
    });
    stack.defer(open.stop);
    expect((await ssh(open, stranger, 'echo "$TOLD_BY"')).stdout).toBe('sshd_config\n');
  });

  it('takes its connections, their commands and its folder with it when it stops', async () => {
    const other = await startSshd();
    const held = ssh(other, other, 'echo $$; exec sleep 600');
    const ended = expect(held).rejects.toThrow();
    const [pid] = await once(held.child.stdout ?? held.child, 'data');
    await other.stop();
    await ended;
    expect(existsSync(other.dir)).toBe(false);
    await expect.poll(() => isRunning(Number(pid)), { timeout: 10_000 }).toBe(false);
  });
});

describeWithPeer('chromium', 'the browser for tests', () => {
  let chromium: TestChromium;
  beforeAll(async () => {
    chromium = await launchChromium();
  });
  afterAll(() => chromium.close());

  it('renders a page, runs its script and takes a click', async () => {
    const page = await chromium.newPage();
    const html = '<title>up</title><button onclick="this.textContent = 6 * 7">press</button>';
    await page.goto(`data:text/html,${encodeURIComponent(html)}`);
    await page.getByRole('button').click();
    expect(await page.getByRole('button').textContent()).toBe('42');
    expect(await page.title()).toBe('up');
  });
});

describeWithPeer('postgres', 'the PostgreSQL server for tests', (url) => {
  const database = `peers_${process.pid}`;
  const admin = postgres(url, { max: 1, onnotice: () => {} });
  const fresh = postgres(url, { max: 1, database, onnotice: () => {} });
  beforeAll(() => admin`create database ${admin(database)}`);
  afterAll(async () => {
    await fresh.end();
    await admin`drop database ${admin(database)}`;
    await admin.end();
  });

  it('is a supported version, entered as a plain owner', async () => {
    const [row] = await admin`
      select current_setting('server_version_num')::int as version, rolsuper, rolbypassrls
      from pg_roles where rolname = current_user`;
    expect(row?.version).toBeGreaterThanOrEqual(160_000);
    expect(row).toMatchObject({ rolsuper: false, rolbypassrls: false });
  });

  it('gives a fresh database pgvector 0.8 or newer', async () => {
    await fresh`create extension if not exists vector`;
    const [row] = await fresh`
      select string_to_array(extversion, '.')::int[] >= array[0, 8] as new_enough,
        '[1,2]'::vector <-> '[1,5]' as distance
      from pg_extension where extname = 'vector'`;
    expect(row).toEqual({ new_enough: true, distance: 3 });
  });
});
