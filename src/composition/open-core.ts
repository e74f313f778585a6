import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { join } from 'node:path';
import type { Config } from '#adapters/config/config.ts';
import { diffLines } from '#adapters/diff/diff-lines.ts';
import { createRunbookParser } from '#adapters/markdown/create-runbook-parser.ts';
import { createConversationLog } from '#adapters/postgres/conversation-log.ts';
import type { OpenDatabase } from '#adapters/postgres/database.ts';
import { createLeases } from '#adapters/postgres/leases.ts';
import { prepareDatabase } from '#adapters/postgres/prepare-database.ts';
import { createSolutionSearch } from '#adapters/postgres/search/create-solution-search.ts';
import { createEmbedMissing } from '#adapters/postgres/search/embed-missing.ts';
import { loadSynonyms } from '#adapters/postgres/search/load-synonyms.ts';
import { defaultSearchSettings } from '#adapters/postgres/search/search-settings.ts';
import { sqlTag } from '#adapters/postgres/sql-tag.ts';
import { createUnitOfWork } from '#adapters/postgres/unit-of-work.ts';
import { createWorkspaces } from '#adapters/postgres/workspaces.ts';
import { createPgBossQueue, type JobQueue } from '#adapters/queue/create-pg-boss-queue.ts';
import { drawPicture } from '#adapters/resvg/draw-picture.ts';
import { createBashCommandParser } from '#adapters/shell-syntax/create-bash-command-parser.ts';
import { createSsh2RemoteShell } from '#adapters/ssh/create-ssh2-remote-shell.ts';
import { createClock } from '#adapters/system/create-clock.ts';
import { createIds } from '#adapters/system/create-ids.ts';
import { matchPattern, matchWhole } from '#adapters/system/match-pattern.ts';
import type { Core } from '#application/core.ts';
import { createHearingWatch, type HearingWatch } from '#application/hearing-watch.ts';
import { createLearnSecrets } from '#application/learn-secrets.ts';
import type { WorkspaceId } from '#domain/ids.ts';
import type { Chat } from '#ports/chat.ts';
import type { ConversationLog } from '#ports/conversation-log.ts';
import type { Logger } from '#ports/logger.ts';
import type { SecretKeys } from '#ports/secret-keys.ts';
import type { SecretStore } from '#ports/secret-store.ts';
import type { Boundary } from './boundary.ts';
import { mayReadOf } from './may-read-of.ts';
import { openAskModel, openEmbedder, openReranker } from './open-models.ts';
import { type OpenSecrets, openSecrets } from './open-secrets.ts';
import { openTickets } from './open-tickets.ts';
import { readSettings } from './read-settings.ts';
import { readThreadOf } from './read-thread-of.ts';

/** What a test may put in the place of parts, or around them. */
export type ReplaceParts = (core: Core) => Core;

/** The core over an open database, with what only the composition root may touch beside it. */
export interface OpenCore {
  readonly core: Core;
  readonly database: OpenDatabase;
  readonly queue: JobQueue;
  readonly conversationLog: ConversationLog;
  /** The chats that are connected, filled as they connect. */
  readonly chats: Map<WorkspaceId, Chat>;
  /** What the chats have read back, for what must not be done before. */
  readonly hearing: HearingWatch;
  readonly secrets: SecretStore;
  readonly secretKeys: SecretKeys;
  /** Makes every stored secret known to the redactor that was not read here yet. */
  readonly learnSecrets: () => Promise<void>;
  /** Brings some vectors of a workspace up to date and tells how many, 0 when all are; null without a model. */
  readonly embedMissing: ((workspace: WorkspaceId, signal: AbortSignal) => Promise<number>) | null;
  /** What `core.postsWaiting` does; set once the outbox has a worker. */
  onPostsWaiting(wake: () => void): void;
  /** Stops the queue and ends the connections to hosts; the database stays open. */
  close(): Promise<void>;
}

const databasePatienceMs = 30_000;
const queueGraceMs = 10_000;
/** For so long after a start nobody is called for alerts whose thread was not read back. */
const readBackPatienceMs = 180_000;
const { exactUpTo } = defaultSearchSettings.dense;

/** Opens the database the configuration names. The embedded one must be locked by the caller. */
export async function openDatabase(config: Config): Promise<OpenDatabase> {
  if (config.database.kind === 'server') {
    const { openServer } = await import('#adapters/postgres/open-server.ts');
    return openServer(config.database.url);
  }
  const { openEmbedded } = await import('#adapters/postgres/open-embedded.ts');
  return openEmbedded(join(config.dataDirectory, 'postgres'));
}

export async function openCore(
  config: Config,
  database: OpenDatabase,
  { logger, redact, keepOut }: Boundary,
  replaceParts: ReplaceParts = (core) => core,
): Promise<OpenCore> {
  const synonyms = loadSynonyms(config.synonymsFile);
  const listening = openListening();
  const queue = await openQueue(database, logger);
  const ids = createIds();
  let wakeOutbox = (): void => undefined;
  const models = await openModels(config, { redact, logger });
  const unitOfWork = createUnitOfWork(database, ids, queue.enqueue);
  const { secrets, secretKeys, loadCredential } = openSecrets(config, unitOfWork, keepOut);
  const core = replaceParts({
    unitOfWork,
    workspaces: createWorkspaces(database.database, ids),
    leases: createLeases(database.database),
    search: createSolutionSearch({ database: database.database, models, synonyms }),
    shell: createSsh2RemoteShell({ loadCredential, redact }),
    secrets,
    ...(await openReaders()),
    ...(await openAsked(config, { redact, ids, loadCredential })),
    clock: createClock(),
    ids,
    logger,
    redact,
    ...hearsWith(listening),
    postsWaiting: () => wakeOutbox(),
    settings: await readSettings(config, listening.chats),
    instance: `${hostname()}:${process.pid}:${randomUUID().slice(0, 8)}`,
  });
  return {
    core,
    database,
    queue,
    conversationLog: createConversationLog(database.database),
    ...listening,
    secrets,
    secretKeys,
    learnSecrets: createLearnSecrets({ ...core, secrets }),
    embedMissing: embedMissingWith(database, models),
    onPostsWaiting: (wake) => {
      wakeOutbox = wake;
    },
    close: once(async () => {
      await queue.stop(queueGraceMs);
      await core.shell.close();
    }),
  };
}

/** Filled and told by the chats as they connect. */
const openListening = (): Pick<OpenCore, 'chats' | 'hearing'> => ({
  chats: new Map(),
  hearing: createHearingWatch(Date.now, readBackPatienceMs),
});

const hearsWith = ({ chats, hearing }: ReturnType<typeof openListening>) => ({
  readThread: readThreadOf(chats),
  mayRead: mayReadOf(chats),
  isBehind: hearing.isBehind,
});

/** What is asked over the network only where a setting names it. */
const openAsked = async (
  config: Config,
  { loadCredential, ...parts }: Parameters<typeof openAskModel>[1] & Pick<OpenSecrets, 'loadCredential'>,
) => ({
  askModel: await openAskModel(config, parts),
  tickets: openTickets(config.tickets, loadCredential),
});

/** What reads, compares and draws, and touches nothing. */
const openReaders = async () => ({
  commandParser: await createBashCommandParser(),
  runbookParser: createRunbookParser(matchWhole),
  lineDiff: diffLines,
  drawPicture,
  matchPattern,
  matchWhole,
});

/** The models that searching asks, where any are configured. */
const openModels = async (config: Config, { redact, logger }: Pick<Boundary, 'redact' | 'logger'>) => ({
  embedder: await openEmbedder(config, logger),
  reranker: await openReranker(config),
  redact,
  logger,
});

const embedMissingWith = (open: OpenDatabase, { embedder, redact }: Awaited<ReturnType<typeof openModels>>) =>
  embedder && createEmbedMissing({ open, embedder, redact, exactUpTo });

/** Brings the database up to date and begins to keep jobs in it. */
async function openQueue(database: OpenDatabase, logger: Logger): Promise<JobQueue> {
  await prepareDatabase(database, logger, databasePatienceMs);
  const queue = await createPgBossQueue({ jobs: database.jobs, sql: sqlTag, logger });
  await queue.start();
  return queue;
}

/** Later calls get what the first one got: workers stop the queue early, and a failed start stops it too. */
function once(work: () => Promise<void>): () => Promise<void> {
  let done: Promise<void> | undefined;
  return () => {
    done ??= work();
    return done;
  };
}
