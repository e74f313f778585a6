import { once } from 'node:events';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { runbookSource } from '#test/support/application.ts';
import { type BotProcess, startBotProcess } from '#test/support/bot-process.ts';
import { createMigratedDatabase } from '#test/support/fresh-database.ts';
import { readyMadeEmbedded } from '#test/support/ready-made.ts';
import { startSshd, type TestSshd } from '#test/support/sshd.ts';
import type { Fate } from './bot-that-dies.ts';
import { lapseLeases } from './lapse-leases.ts';

export const program = 'test/support/crash/bot-that-dies.ts';

/** What all rounds share: a host. */
export interface CrashStage extends AsyncDisposable {
  readonly sshd: TestSshd;
  /** A bot of its own: environment, folder and files on the host. */
  open(napSeconds: number): Promise<Round>;
}

export interface Round extends AsyncDisposable {
  readonly data: string;
  /** How often the change, the check, or the step with tries, was begun on the host. */
  readonly times: (what: keyof typeof problems) => number;
  /** On a server: whoever is silent has been silent for too long. */
  readonly lapse: () => Promise<void>;
  readonly start: (which?: 'plain' | 'dying', own?: Readonly<Record<string, string>>) => Promise<BotProcess>;
}

/** `serverUrl` null: the embedded database. */
export async function openCrashStage(serverUrl: string | null): Promise<CrashStage> {
  await using opened = new AsyncDisposableStack();
  const sshd = await startSshd({ programs: { systemctl } });
  opened.defer(() => sshd.stop());
  const directory = mkdtempSync(join(tmpdir(), 'recourse-crash-'));
  opened.defer(() => rmSync(directory, { recursive: true, force: true }));
  const hostsFile = join(directory, 'hosts.yaml');
  writeFileSync(hostsFile, stringify({ hosts: [entryOf(sshd)] }));
  const shared = {
    RECOURSE_HOSTS: hostsFile,
    RECOURSE_PLAYGROUND: 'on',
    RECOURSE_SANDBOX: 'off',
    RECOURSE_LOG_LEVEL: process.env.RECOURSE_TEST_LOG_LEVEL ?? 'silent',
  };
  let rounds = 0;
  const open = async (napSeconds: number): Promise<Round> => {
    rounds += 1;
    const own = join(directory, `round-${rounds}`);
    mkdirSync(own);
    const places = { data: join(own, 'data'), runbooks: join(own, 'runbooks'), host: join(own, 'host') };
    mkdirSync(places.runbooks);
    mkdirSync(places.host);
    const database = serverUrl === null ? undefined : await createMigratedDatabase(serverUrl);
    if (!database) cpSync(await readyMadeEmbedded(), join(places.data, 'postgres'), { recursive: true });
    writeRunbooks(places.runbooks, places.host, napSeconds);
    const running = new Set<BotProcess>();
    const environment = {
      ...shared,
      RECOURSE_DATA_DIR: places.data,
      RECOURSE_RUNBOOKS: places.runbooks,
      ...(database && { DATABASE_URL: database.url }),
    };
    return {
      data: places.data,
      times: (what) => countIn(join(places.host, what)),
      lapse: async () => {
        if (database) await lapseLeases(database.url);
      },
      start: async (which = 'plain', more = {}) => {
        const bot = await startBotProcess(
          { ...environment, ...more },
          which === 'dying' ? program : undefined,
        );
        running.add(bot);
        return bot;
      },
      [Symbol.asyncDispose]: async () => {
        for (const { child } of running) await ended(child);
        await database?.drop();
        rmSync(own, { recursive: true, force: true });
      },
    };
  };
  const closing = opened.move();
  return { sshd, open, [Symbol.asyncDispose]: () => closing.disposeAsync() };
}

/** Tells a bot that dies when to; resolves once it knows. */
export async function arm({ child }: BotProcess, fate: Fate): Promise<void> {
  const armed = once(child, 'message');
  child.send(fate);
  await armed;
}

export async function ended(child: BotProcess['child']): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
}

const countIn = (file: string): number => (existsSync(file) ? readFileSync(file, 'utf8').length : 0);

const entryOf = (sshd: TestSshd) => ({
  name: 'demo-web-01',
  address: '127.0.0.1',
  port: sshd.port,
  user: sshd.login,
  key: sshd.clientKeyPath,
  host_key: sshd.hostKeyPublic,
});

export const problems = {
  change: 'Zorbling gadget stuck',
  check: 'Frobnicator queue jammed',
  tries: 'Sprocket relay missing',
} as const;

/** It only reads, as far as anybody knows; a unit is the file that it is counted in, and active from the third time on. */
const systemctl = `printf z >>"$2"
sleep 0.3
[ "$(wc -c <"$2")" -gt 2 ] || { echo inactive; exit 3; }
echo active`;

/** Every step leaves one letter on the host at once, whatever becomes of it. */
function writeRunbooks(directory: string, host: string, napSeconds: number): void {
  const change = runbookSource(problems.change, [
    {
      section: 'Fix',
      command: `printf x >> ${join(host, 'change')}; echo begun; sleep ${napSeconds}; echo done`,
      attributes: { expect: '^done$' },
    },
    { section: 'Verify', command: 'echo verified' },
  ]);
  const check = runbookSource(problems.check, [
    { section: 'Check', command: `printf y >> ${join(host, 'check')}; echo seen` },
  ]);
  const tries = runbookSource(problems.tries, [
    {
      section: 'Check',
      command: `systemctl is-active ${join(host, 'tries')}`,
      attributes: { expect: '^active$', retry: { times: 3, pause: '300ms' } },
    },
    { section: 'Verify', command: 'echo verified' },
  ]);
  writeFileSync(join(directory, 'zorbling.md'), change);
  writeFileSync(join(directory, 'sprocket.md'), tries);
  writeFileSync(join(directory, 'frobnicator.md'), check);
}
