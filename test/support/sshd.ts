import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { chmodSync, chownSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { requirePeer } from '#test/support/peers.ts';

export type SshdOptions = {
  /** Public keys (OpenSSH lines) that may log in besides the generated client key. */
  readonly authorizedKeys?: readonly string[];
  /** Extra sshd_config lines. They come first, and sshd keeps the first value it reads; no `Match` blocks. */
  readonly sshdConfig?: readonly string[];
  /** More of them, once the server's folder has its keys: `host_key` and `client_key`, each with a `.pub`. */
  readonly prepare?: (dir: string) => readonly string[];
  /**
   * Accounts that only this server sees, with login shells of their own; it must be started by root. One named like an
   * account of the machine takes its place.
   */
  readonly accounts?: readonly TestAccount[];
  /** The lines of /etc/sudoers that these accounts find. */
  readonly sudoers?: readonly string[];
  /** Shell scripts that a login finds before the machine's programs of these names; not with `accounts`. */
  readonly programs?: Readonly<Record<string, string>>;
  /** False: the client key is not in `authorized_keys`, so that it takes a certificate to log in. */
  readonly clientKeyAuthorized?: boolean;
};

export type TestAccount = { readonly name: string; readonly uid: number; readonly shell: string };

export type TestSshd = {
  readonly port: number;
  /** `SHA256:…`, as `ssh-keygen -l` prints it. */
  readonly hostKeyFingerprint: string;
  /** `ssh-ed25519 AAAA…`, without a comment. */
  readonly hostKeyPublic: string;
  /** An ed25519 private key in OpenSSH format, without a passphrase, that may log in. */
  readonly clientKeyPath: string;
  /** Its public half, as an `authorized_keys` line. */
  readonly clientKeyPublic: string;
  /** The account that runs the tests: the only one a server not started by root can log in. */
  readonly login: string;
  /** Everything of this server; removed by `stop`. */
  readonly dir: string;
  /** What sshd has logged so far (level VERBOSE). */
  readonly log: () => string;
  /** Ends the server, its open connections and the commands they run, except one that left for `init`. */
  readonly stop: () => Promise<void>;
};

/** Starts a real OpenSSH server on 127.0.0.1 and a free port; key login only, its own host key. */
export const startSshd = async (options: SshdOptions = {}): Promise<TestSshd> => {
  const program = requirePeer('sshd');
  const dir = mkdtempSync(join(tmpdir(), 'recourse-sshd-'));
  try {
    const hostKeyPublic = generateKey(join(dir, 'host_key'));
    const clientKeyPath = join(dir, 'client_key');
    const clientKeyPublic = generateKey(clientKeyPath);
    const authorized = options.clientKeyAuthorized === false ? [] : [clientKeyPublic];
    const keys = [...authorized, ...(options.authorizedKeys ?? [])];
    writeFileSync(join(dir, 'authorized_keys'), `${keys.join('\n')}\n`, { mode: 0o644 });
    const server = await listen(
      dir,
      [
        ...(options.sshdConfig ?? []),
        // What a login leaves at home shall go with the server.
        ...(options.accounts === undefined
          ? [`SetEnv HOME=${dir} PATH=${writePrograms(dir, options.programs)}`]
          : []),
        ...(options.prepare?.(dir) ?? []),
      ],
      startWords(program, dir, options),
    );
    return {
      port: server.port,
      hostKeyFingerprint: fingerprint(hostKeyPublic),
      hostKeyPublic,
      clientKeyPath,
      clientKeyPublic,
      login: userInfo().username,
      dir,
      log: server.log,
      stop: async () => {
        await stopTree(server.child);
        rmSync(dir, { recursive: true, force: true });
      },
    };
  } catch (error) {
    rmSync(dir, { recursive: true, force: true });
    throw error;
  }
};

/** The path on which they are found, and all others after them. */
const writePrograms = (dir: string, programs: SshdOptions['programs'] = {}): string => {
  const own = join(dir, 'programs');
  mkdirSync(own);
  for (const [name, script] of Object.entries(programs))
    writeFileSync(join(own, name), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  return `${own}:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin`;
};

const generateKey = (path: string): string => {
  execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', '', '-f', path]);
  return readFileSync(`${path}.pub`, 'utf8').trim();
};

const fingerprint = (publicKey: string): string => {
  const blob = Buffer.from(publicKey.split(' ')[1] ?? '', 'base64');
  return `SHA256:${createHash('sha256').update(blob).digest('base64').replace(/=+$/, '')}`;
};

type Listening = { readonly child: ChildProcess; readonly port: number; readonly log: () => string };

/** How sshd is started: as it is, or where it sees other files with accounts in the place of the machine's. */
const startWords = (
  program: string,
  dir: string,
  { accounts = [], sudoers = [] }: SshdOptions,
): readonly [string, ...string[]] => {
  if (accounts.length === 0) return [program];
  const homes = accounts.map((account) => ({ ...account, home: join(dir, `home-${account.name}`) }));
  for (const { home, uid } of homes) {
    mkdirSync(home, { mode: 0o700 });
    chownSync(home, uid, uid);
  }
  chmodSync(dir, 0o711);
  const passwd = homes.map(({ name, uid, home, shell }) => `${name}:x:${uid}:${uid}::${home}:${shell}`);
  const shadow = homes.map(({ name }) => `${name}:*:20000:0:99999:7:::`);
  const mounts = [
    mountOver('passwd', dir, [...passwd, ...otherAccounts('passwd', accounts)], 0o644),
    mountOver('shadow', dir, [...shadow, ...otherAccounts('shadow', accounts)], 0o600),
    mountOver('sudoers', dir, sudoers, 0o440),
  ];
  const script = `${mounts.join(' && ')} && exec "$@"`;
  return ['unshare', '--mount', '--propagation', 'private', 'sh', '-c', script, 'sh', program];
};

const otherAccounts = (file: string, accounts: readonly TestAccount[]): readonly string[] => {
  const taken = new Set(accounts.map(({ name }) => name));
  const lines = readFileSync(`/etc/${file}`, 'utf8').split('\n');
  return lines.filter((line) => line !== '' && !taken.has(line.split(':')[0] ?? ''));
};

/** The command that puts a file of ours in the place of one of /etc. */
const mountOver = (file: string, dir: string, lines: readonly string[], mode: number): string => {
  writeFileSync(join(dir, file), `${lines.join('\n')}\n`, { mode });
  return `mount --bind '${join(dir, file)}' /etc/${file}`;
};

const listen = async (
  dir: string,
  extra: readonly string[],
  [program, ...words]: readonly [string, ...string[]],
): Promise<Listening> => {
  // Started by root, sshd jails its unprivileged half in this folder, which Debian makes only at boot.
  if (process.getuid?.() === 0) mkdirSync('/run/sshd', { recursive: true, mode: 0o755 });
  let problem = '';
  // Between asking for a free port and sshd taking it, another program may: then ask again.
  for (let attempt = 0; attempt < 3; attempt += 1) {
    const port = await freePort();
    const config = join(dir, 'sshd_config');
    writeFileSync(config, [...extra, ...baseConfig(dir, port), ''].join('\n'));
    const child = spawn(program, [...words, '-D', '-e', '-f', config], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    const log = collect(child);
    if (await isListening(child, log)) return { child, port, log };
    problem = log();
    if (!problem.includes('Address already in use')) break;
  }
  throw new Error(`sshd did not start: ${problem}`);
};

const baseConfig = (dir: string, port: number): readonly string[] => [
  `Port ${port}`,
  'ListenAddress 127.0.0.1',
  `HostKey ${join(dir, 'host_key')}`,
  `AuthorizedKeysFile ${join(dir, 'authorized_keys')}`,
  'PidFile none',
  'UsePAM no',
  'StrictModes no',
  'PasswordAuthentication no',
  'KbdInteractiveAuthentication no',
  'PermitRootLogin prohibit-password',
  'PrintMotd no',
  'PrintLastLog no',
  'UseDNS no',
  'MaxStartups 100',
  'LogLevel VERBOSE',
];

const collect = (child: ChildProcess): (() => string) => {
  let text = '';
  child.stderr?.setEncoding('utf8').on('data', (part: string) => {
    text += part;
  });
  return () => text;
};

/** True once sshd says that it listens; false when it ended instead. */
const isListening = (child: ChildProcess, log: () => string): Promise<boolean> =>
  new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', () => resolve(false));
    child.stderr?.on('data', () => {
      if (log().includes('Server listening on')) resolve(true);
    });
  });

const freePort = async (): Promise<number> => {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port to be had on 127.0.0.1');
  return address.port;
};

const stopTree = async (child: ChildProcess): Promise<void> => {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const closed = once(child, 'close');
  // sshd gives each connection a session of its own, which outlives the listener unless it is ended too.
  for (const pid of descendants(child.pid)) signal(pid, 'SIGKILL');
  signal(child.pid, 'SIGTERM');
  await closed;
};

const descendants = (root: number): readonly number[] => {
  const rows = execFileSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' })
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number));
  const below = (parent: number): readonly number[] =>
    rows.filter(([, ppid]) => ppid === parent).flatMap(([pid = 0]) => [...below(pid), pid]);
  return below(root);
};

const signal = (pid: number, name: NodeJS.Signals): void => {
  try {
    process.kill(pid, name);
  } catch (error) {
    // Gone by itself since `ps` listed it.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
};
