import { join } from 'node:path';
import { stderr } from 'node:process';
import type { Config } from '#adapters/config/config.ts';
import { createCron } from '#adapters/cron/create-cron.ts';
import { combineRoutes } from '#adapters/http/combine-routes.ts';
import { createFrontDoor } from '#adapters/http/create-front-door.ts';
import { createHealthRoutes } from '#adapters/http/create-health-routes.ts';
import { createHttpListener } from '#adapters/http/create-http-listener.ts';
import { createMetricsRoute } from '#adapters/http/create-metrics-route.ts';
import { writeListenAddress } from '#adapters/http/listen-address.ts';
import { createHostsFile } from '#adapters/inventory/create-hosts-file.ts';
import { createMetrics } from '#adapters/metrics/create-metrics.ts';
import { createLoadHosts } from '#application/load-hosts.ts';
import { createReadOperations } from '#application/read-operations.ts';
import type { HostEntry } from '#domain/host.ts';
import type { HostInventory } from '#ports/host-inventory.ts';
import type { Logger } from '#ports/logger.ts';
import { type Boundary, createBoundary } from './composition/boundary.ts';
import { createCommandContext } from './composition/create-command-context.ts';
import { holdDataDirectory } from './composition/hold-data-directory.ts';
import { openAlerts } from './composition/open-alerts.ts';
import { type ChatStatus, openChats } from './composition/open-chats.ts';
import { type OpenCore, openCore, openDatabase, type ReplaceParts } from './composition/open-core.ts';
import { createPreparation } from './composition/prepare-workspaces.ts';
import type { OpenApplication } from './composition/reach-application.ts';
import { createReadinessChecks } from './composition/readiness.ts';
import { serveCommandLine } from './composition/serve-command-line.ts';
import { startAnchoring } from './composition/start-anchoring.ts';
import { startEnding } from './composition/start-ending.ts';
import { startWorkers, type Workers } from './composition/start-workers.ts';

/** A running bot. */
export interface Server {
  readonly localAddress: string;
  readonly publicAddress: string;
  /** Null when the playground is off. */
  readonly playgroundUrl: string | null;
  readonly open: OpenCore;
  /** Drains: nothing new is begun, running steps end or are handed over, sockets close. */
  close(): Promise<void>;
}

/**
 * Builds and starts everything, by hand. What was opened is closed in the opposite order, also when a later part
 * fails to start.
 */
export async function startServer(config: Config, replaceParts?: ReplaceParts): Promise<Server> {
  await using opened = new AsyncDisposableStack();
  const boundary = createBoundary(config);
  if (config.database.kind === 'embedded') opened.use(holdDataDirectory(config.dataDirectory));
  const local = await openDoor(config.localAddress, 'RECOURSE_LOCAL_ADDRESS', boundary.logger, opened);
  const outside = await openDoor(config.publicAddress, 'RECOURSE_PUBLIC_ADDRESS', boundary.logger, opened);
  const open = await openCoreInto(opened, config, boundary, replaceParts);
  await open.learnSecrets();
  opened.adopt(startEnding(open), ({ stop }) => stop());
  const inventory = await openInventory(config, boundary.logger, opened);
  const preparation = createPreparation(config, open, inventory);
  await preparation.all();
  const { chats } = open;
  opened.adopt(startAnchoring(open, config.audit), ({ stop }) => stop());
  const workers = opened.adopt(await startWorkers(open, chats), ({ stop }) => stop());
  const chatParts = { open, workers, chats, preparation, localAddress: local.address };
  const { routes, status, playgroundUrl } = await openChats(config, chatParts, opened);
  const webhooks = await openAlerts(config.alerts, open.core, workers.alertInbound);
  opened.adopt(scheduleFold(config, open, workers), ({ stop }) => stop());
  const commands = createCommandContext(config, open, async () => loadHosts(open, await inventory.load()));
  if (config.database.kind === 'embedded') opened.use(await serveCommandLine(config, commands));
  const metrics = opened.adopt(metricsOf(open, status), ({ close }) => close());
  const health = createHealthRoutes({ checks: createReadinessChecks(open, status) });
  const numbers = createMetricsRoute({ metrics: metrics.read, contentType: metrics.contentType });
  outside.open(combineRoutes(health, webhooks, ...routes.outside));
  local.open(combineRoutes(health, numbers, ...routes.local));
  const closing = opened.move();
  return {
    localAddress: local.address,
    publicAddress: outside.address,
    playgroundUrl,
    open,
    close: () => closing.disposeAsync(),
  };
}

/** The application for one command of the shell: the same core, but nothing that listens or works by itself. */
export async function openApplication(config: Config): Promise<OpenApplication> {
  await using opened = new AsyncDisposableStack();
  const boundary = createBoundary(
    { ...config, logLevel: 'error' },
    { write: (line) => void stderr.write(line) },
  );
  const open = await openCoreInto(opened, config, boundary);
  const hostsFile = createHostsFile(config.hostsFile);
  const commands = createCommandContext(config, open, async () => loadHosts(open, await hostsFile.load()));
  if ((await open.core.workspaces.all()).length === 0) await createPreparation(config, open, hostsFile).all();
  const closing = opened.move();
  return { commands, close: () => closing.disposeAsync() };
}

async function openDoor(
  address: Config['localAddress'],
  variable: string,
  logger: Logger,
  opened: AsyncDisposableStack,
) {
  const door = createFrontDoor();
  const options = { address: writeListenAddress(address), routes: door.routes, variable, logger };
  const listener = opened.adopt(await createHttpListener(options), ({ close }) => close());
  return { address: listener.address, open: door.open };
}

async function openCoreInto(
  opened: AsyncDisposableStack,
  config: Config,
  boundary: Boundary,
  replaceParts?: ReplaceParts,
): Promise<OpenCore> {
  const database = await openDatabase(config);
  opened.defer(() => database.close());
  return opened.adopt(await openCore(config, database, boundary, replaceParts), ({ close }) => close());
}

/** The inventory file, and the sandbox host beside it where that is on. */
async function openInventory(
  config: Config,
  logger: Logger,
  opened: AsyncDisposableStack,
): Promise<HostInventory> {
  const file = createHostsFile(config.hostsFile);
  if (!config.sandbox) return file;
  const { createSandbox } = await import('#adapters/ssh/sandbox/create-sandbox.ts');
  const directory = join(config.dataDirectory, 'sandbox');
  const sandbox = opened.adopt(await createSandbox({ directory, logger }), ({ close }) => close());
  return { load: async () => [...(await file.load()), ...(await sandbox.load())] };
}

async function loadHosts({ core }: OpenCore, hosts: readonly HostEntry[]): Promise<void> {
  for (const { id } of await core.workspaces.all()) await createLoadHosts(core)(id, hosts);
}

/** The clock's way in: an intent like any other. */
function scheduleFold({ foldCron }: Config, { core }: OpenCore, { dispatch }: Workers) {
  const onTick = async () => {
    for (const { id } of await core.workspaces.all()) await dispatch({ kind: 'fold-due', workspace: id });
  };
  return createCron({ expression: foldCron, onTick, logger: core.logger });
}

function metricsOf({ core }: OpenCore, chats: () => readonly ChatStatus[]) {
  return createMetrics({
    operations: createReadOperations(core),
    chats,
  });
}
