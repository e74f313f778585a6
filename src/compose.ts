import { join } from 'node:path';
import type { Config } from '#adapters/config/config.ts';
import { createCron } from '#adapters/cron/create-cron.ts';
import { createHttpListener } from '#adapters/http/create-http-listener.ts';
import { writeListenAddress } from '#adapters/http/listen-address.ts';
import { createHostsFile } from '#adapters/inventory/create-hosts-file.ts';
import { createMetrics } from '#adapters/metrics/create-metrics.ts';
import { createReadOperations } from '#application/read-operations.ts';
import type { HostEntry } from '#domain/host.ts';
import type { WorkspaceId } from '#domain/ids.ts';
import type { Chat } from '#ports/chat.ts';
import type { Logger } from '#ports/logger.ts';
import { type Boundary, createBoundary } from './composition/boundary.ts';
import { createFrontDoor } from './composition/front-door.ts';
import { holdDataDirectory } from './composition/hold-data-directory.ts';
import { readRunbooks } from './composition/load-knowledge.ts';
import { loadWorkspace } from './composition/load-workspace.ts';
import { type CoreParts, type OpenCore, openCore, openDatabase } from './composition/open-core.ts';
import {
  type OpenPlayground,
  openPlayground,
  preparePlaygroundWorkspace,
} from './composition/open-playground.ts';
import { createReadinessChecks } from './composition/readiness.ts';
import { createLocalRoutes, createPublicRoutes } from './composition/routes.ts';
//CLI
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
export async function startServer(config: Config, parts: CoreParts = {}): Promise<Server> {
  await using opened = new AsyncDisposableStack();
  const boundary = createBoundary(config);
  if (config.database.kind === 'embedded') opened.use(holdDataDirectory(config.dataDirectory));
  const local = await openDoor(config.localAddress, 'RECOURSE_LOCAL_ADDRESS', boundary.logger, opened);
  const outside = await openDoor(config.publicAddress, 'RECOURSE_PUBLIC_ADDRESS', boundary.logger, opened);
  const open = await openCoreInto(opened, config, boundary, parts);
  const chats = new Map<WorkspaceId, Chat>();
  const workers = opened.adopt(await startWorkers(open, chats), ({ stop }) => stop());
  const hosts = await readHosts(config, boundary.logger, opened);
  const playground = config.playground
    ? await addPlayground({ open, workers, chats, opened }, local.address)
    : null;
  await loadWorkspaces(config, open, hosts);
  opened.adopt(scheduleFold(config, open), ({ stop }) => stop());
//CLI2
  const metrics = opened.adopt(metricsOf(open, chats), ({ close }) => close());
  const checks = createReadinessChecks(open);
  outside.open(createPublicRoutes(checks));
  local.open(createLocalRoutes(checks, metrics, playground));
  const closing = opened.move();
  return {
    localAddress: local.address,
    publicAddress: outside.address,
    playgroundUrl: playground?.url ?? null,
    open,
    close: () => closing.disposeAsync(),
  };
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
  parts: CoreParts,
): Promise<OpenCore> {
  const database = await openDatabase(config);
  opened.defer(() => database.close());
  return opened.adopt(await openCore(config, database, boundary, parts), ({ close }) => close());
}

async function readHosts(
  config: Config,
  logger: Logger,
  opened: AsyncDisposableStack,
): Promise<readonly HostEntry[]> {
  const known = await createHostsFile(config.hostsFile).load();
  if (!config.sandbox) return known;
  const { createSandbox } = await import('#adapters/ssh/sandbox/create-sandbox.ts');
  const directory = join(config.dataDirectory, 'sandbox');
  const sandbox = opened.adopt(await createSandbox({ directory, logger }), ({ close }) => close());
  return [...known, ...(await sandbox.load())];
}

async function addPlayground(
  {
    open,
    workers,
    chats,
    opened,
  }: {
    readonly open: OpenCore;
    readonly workers: Workers;
    readonly chats: Map<WorkspaceId, Chat>;
    readonly opened: AsyncDisposableStack;
  },
  address: string,
): Promise<OpenPlayground> {
  const workspace = await preparePlaygroundWorkspace(open);
  const playground = await openPlayground(open, workspace, workers.inbound, address);
  chats.set(workspace.id, playground.chat);
  return opened.adopt(playground, ({ close }) => close());
}

async function loadWorkspaces(config: Config, open: OpenCore, hosts: readonly HostEntry[]): Promise<void> {
  const runbooks = await readRunbooks(config.runbooksFolder, open.core.logger);
  for (const workspace of await open.core.workspaces.all()) {
    await loadWorkspace(open, workspace, { runbooks, hosts, admins: config.admins });
  }
}

/** The clock only hands the work to the queue; a lease makes one replica do it. */
function scheduleFold({ foldCron }: Config, { core }: OpenCore) {
  const onTick = async () => {
    for (const { id: workspace } of await core.workspaces.all())
      await core.unitOfWork.within(workspace, ({ enqueue }) => enqueue({ kind: 'fold', workspace }));
  };
  return createCron({ expression: foldCron, onTick, logger: core.logger });
}

function metricsOf({ core }: OpenCore, chats: ReadonlyMap<WorkspaceId, Chat>) {
  const platforms = () => [...chats.values()].map(({ capabilities }) => capabilities.platform);
  return createMetrics({
    operations: createReadOperations(core),
    chats: () => platforms().map((platform) => ({ platform, connected: true })),
  });
}
