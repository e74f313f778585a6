import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { openServer } from '#adapters/postgres/open-server.ts';
import { createWorkspaces } from '#adapters/postgres/workspaces.ts';
import { createIds } from '#adapters/system/create-ids.ts';
import type { WorkspaceId } from '#domain/ids.ts';
import { createFreshDatabase } from '#test/support/fresh-database.ts';
import { freePort, type ServerProcess, startServerProcess } from '../server-process.ts';

/** The bot in a process of its own on PostgreSQL, with its webhooks open and its chat in the playground. */
export interface AlertBench extends AsyncDisposable {
  readonly bot: ServerProcess;
  readonly playgroundUrl: string;
  readonly webhook: string;
  readonly secret: string;
  readonly database: ReturnType<typeof openServer>['database'];
  readonly workspace: WorkspaceId;
  /** Resident MB of the bot after a collection. */
  residentAfterCollection(): Promise<number>;
}

/** Alerts of channel NAME go to that channel, and nothing is grouped by the sender: what belongs together is the bot's to find. */
const alertsFile = (channels: readonly string[]): string =>
  [
    'routes:',
    ...channels.flatMap((name) => [
      `  - name: ${name}`,
      `    labels: { channel: ${name} }`,
      `    to: playground:playground/${name}`,
    ]),
    'generic:',
    '  bench:',
    '    alerts: alerts',
    '    fingerprint: fingerprint',
    '    name: name',
    '    state: state',
    '    labels: labels',
    '    started_at: began',
    '    changed_at: changed',
  ].join('\n');

const settleMs = 1_000;
const collector = new URL('./collect-on-signal.ts', import.meta.url).href;

/** Starts twice, because a first start does more than a bot's daily work. */
export async function openAlertBench(serverUrl: string, channels: readonly string[]): Promise<AlertBench> {
  await using opened = new AsyncDisposableStack();
  const directory = await mkdtemp(join(tmpdir(), 'recourse-bench-'));
  opened.defer(() => rm(directory, { recursive: true, force: true }));
  const database = await createFreshDatabase(serverUrl);
  opened.defer(() => database.drop());
  const file = join(directory, 'alerts.yaml');
  await writeFile(file, alertsFile(channels));
  const secret = ['bench', 'webhook', 'of', 'alerts'].join('-');
  const publicAddress = `127.0.0.1:${await freePort()}`;
  const environment = {
    DATABASE_URL: database.url,
    RECOURSE_DATA_DIR: join(directory, 'data'),
    RECOURSE_PLAYGROUND: 'on',
    RECOURSE_SANDBOX: 'off',
    RECOURSE_ALERTS: file,
    RECOURSE_PUBLIC_ADDRESS: publicAddress,
    GENERIC_WEBHOOK_SECRET: secret,
    NODE_OPTIONS: `--expose-gc --import=${collector}`,
  };
  await (await startServerProcess(environment)).stop();
  const bot = await startServerProcess(environment);
  opened.defer(bot.stop);
  const open = openServer(database.url);
  opened.defer(() => open.close());
  const workspaces = createWorkspaces(open.database, createIds());
  const { id } = await workspaces.ensure('playground', 'playground', 'Playground');
  const closing = opened.move();
  return {
    bot,
    playgroundUrl: bot.playgroundUrl ?? '',
    webhook: `http://${publicAddress}/webhooks/generic/bench`,
    secret,
    database: open.database,
    workspace: id,
    residentAfterCollection: async () => {
      process.kill(bot.pid, 'SIGUSR2');
      await sleep(settleMs);
      return bot.residentMb();
    },
    [Symbol.asyncDispose]: () => closing.disposeAsync(),
  };
}
