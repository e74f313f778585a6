import { createTryModel } from '#adapters/postgres/search/try-model.ts';
import { createConsultModel } from '#application/consult-model.ts';
import { createConsultNoise } from '#application/consult-noise.ts';
import { createDeliverPosts } from '#application/deliver-posts.ts';
import { createDispatch, type Dispatch } from '#application/dispatch.ts';
import { createDraftSettled } from '#application/draft-settled.ts';
import { createExecuteStep } from '#application/execute-step.ts';
import { createFoldAlerts } from '#application/fold-alerts.ts';
import { createFoldWorkspace } from '#application/fold-signals.ts';
import { createHandleDeliveries } from '#application/handle-deliveries.ts';
import { createIndexMissing } from '#application/index-missing.ts';
import { createInquireStep } from '#application/inquire-step.ts';
import { createPerformTickets } from '#application/perform-tickets.ts';
import { createPump, type Pump } from '#application/pump.ts';
import { createReceiveAlerts } from '#application/receive-alerts.ts';
import { createReceiveIntent } from '#application/receive-intent.ts';
import { createSweep } from '#application/sweep.ts';
import { createWatchSilences } from '#application/watch-silences.ts';
import { unreachable } from '#domain/fault.ts';
import type { WorkspaceId } from '#domain/ids.ts';
import type { Job } from '#domain/job.ts';
import type { AlertInbound } from '#ports/alert-inbound.ts';
import type { Chat } from '#ports/chat.ts';
import type { Inbound } from '#ports/inbound.ts';
import type { OpenCore } from './open-core.ts';

/** How often each loop looks by itself; a wake makes it look at once. */
const inboxIdleMs = 1_000;
const outboxIdleMs = 1_000;
const alertsIdleMs = 1_000;
const ticketsIdleMs = 1_000;
const silencesEveryMs = 15_000;
const sweepEveryMs = 10_000;
const draftEveryMs = 10_000;
const indexEveryMs = 60_000;
const learnEveryMs = 60_000;
const embedEveryMs = 30_000;
const embedPatienceMs = 60_000;

export interface Workers {
  readonly inbound: Inbound;
  readonly alertInbound: AlertInbound;
  /** For intents that come from the clock; chats go through `inbound`. */
  readonly dispatch: Dispatch;
  stop(): Promise<void>;
}

/** Starts what goes on in the background: the inbox, the outbox, the sweep, and the jobs of the queue. */
export async function startWorkers(open: OpenCore, chats: ReadonlyMap<WorkspaceId, Chat>): Promise<Workers> {
  const { core, queue } = open;
  await open.database.forgetFormer();
  const dispatch = createDispatch(core);
  const inbox = startInbox(open, chats, dispatch);
  const outbox = startOutbox(open, chats, inbox.wake);
  const alerts = startAlerts(open);
  const tickets = startTickets(open);
  const silences = startSilences(open, alerts.wake);
  const sweeper = startSweeper(open);
  const drafting = startDrafting(open, chats);
  const indexing = startIndexing(open);
  const learning = startLearningSecrets(open);
  const embedding = startEmbedding(open);
  open.onPostsWaiting(outbox.wake);
  await queue.work(createJobHandler(open));
  return {
    dispatch,
    inbound: createReceiveIntent({ ...core, deliveriesWaiting: inbox.wake }),
    alertInbound: createReceiveAlerts({ ...core, alertsWaiting: alerts.wake }),
    stop: async () => {
      await inbox.stop();
      await alerts.stop();
      await tickets.stop();
      await silences.stop();
      // Running steps end or are given back while their hosts can still be reached and their cards still be sent.
      await open.close();
      await sweeper.stop();
      await drafting.stop();
      await indexing.stop();
      await learning.stop();
      await embedding?.stop();
      await outbox.stop();
    },
  };
}

function startInbox({ core }: OpenCore, chats: ReadonlyMap<WorkspaceId, Chat>, dispatch: Dispatch): Pump {
  const handling = createHandleDeliveries({ ...core, dispatch, deliveriesWaiting: () => pump.wake() });
  const turn = () => anyFound([...chats.keys()], handling.turn);
  const pump = createPump(turn, inboxIdleMs, core.logger);
  return stoppedAfter(pump, handling.settle);
}

function startOutbox(
  { core }: OpenCore,
  chats: ReadonlyMap<WorkspaceId, Chat>,
  deliveriesWaiting: () => void,
): Pump {
  const delivery = createDeliverPosts({ ...core, deliveriesWaiting });
  const turn = () => anyFound([...chats], ([workspace, chat]) => delivery.turn(workspace, chat));
  return stoppedAfter(createPump(turn, outboxIdleMs, core.logger), delivery.settle);
}

/** A pump whose turns only begin work: stopping it waits for what was begun. */
function stoppedAfter(pump: Pump, settle: () => Promise<void>): Pump {
  return {
    wake: pump.wake,
    stop: async () => {
      await pump.stop();
      await settle();
    },
  };
}

/** Puts alerts into incidents and shows them. */
function startAlerts({ core }: OpenCore): Pump {
  const foldAlerts = createFoldAlerts(core);
  const turn = async () =>
    anyFound(
      (await core.workspaces.all()).map(({ id }) => id),
      foldAlerts,
    );
  return createPump(turn, alertsIdleMs, core.logger);
}

/** Asks the systems that alerts come from for what people asked. */
function startTickets({ core }: OpenCore): Pump {
  const performTickets = createPerformTickets(core);
  const turn = async () =>
    core.tickets.length > 0 &&
    anyFound(
      (await core.workspaces.all()).map(({ id }) => id),
      performTickets,
    );
  return createPump(turn, ticketsIdleMs, core.logger);
}

/** Asks the systems that can silence alerts what they keep quiet. */
function startSilences({ core }: OpenCore, alertsWaiting: () => void): Pump {
  const watchSilences = createWatchSilences({ ...core, alertsWaiting });
  const turn = async () => {
    for (const workspace of await core.workspaces.all()) await watchSilences(workspace);
    return false;
  };
  return createPump(turn, silencesEveryMs, core.logger);
}

function startSweeper({ core }: OpenCore): Pump {
  const sweep = createSweep(core);
  const turn = async () => {
    for (const { id } of await core.workspaces.all()) await sweep(id);
    return false;
  };
  return createPump(turn, sweepEveryMs, core.logger);
}

/** Drafts cases of resolved threads; their chats have to be open here, as they are read for it. */
function startDrafting({ core }: OpenCore, chats: ReadonlyMap<WorkspaceId, Chat>): Pump {
  const draftSettled = createDraftSettled(core);
  return createPump(() => anyFound([...chats.keys()], draftSettled), draftEveryMs, core.logger);
}

/** Brings what an earlier program indexed, or did not index, up to date. */
function startIndexing({ core }: OpenCore): Pump {
  const indexMissing = createIndexMissing(core);
  const turn = async () =>
    anyFound(
      (await core.workspaces.all()).map(({ id }) => id),
      indexMissing,
    );
  return createPump(turn, indexEveryMs, core.logger);
}

/** What another process stored meanwhile is masked here too. */
function startLearningSecrets({ core, learnSecrets }: OpenCore): Pump {
  const turn = async () => {
    await learnSecrets();
    return false;
  };
  return createPump(turn, learnEveryMs, core.logger);
}

/** Gives new and changed solutions their vectors; until then words alone find them. */
function startEmbedding({ core, embedMissing }: OpenCore): Pump | null {
  if (embedMissing === null) return null;
  // An endpoint that is away for hours is worth a line a minute, not an error a turn.
  const attempt = createTryModel({ name: 'embedding model', logger: core.logger, pauseMs: 0 });
  const turn = async () => {
    const ids = (await core.workspaces.all()).map(({ id }) => id);
    return anyFound(ids, async (id) => {
      const done = await attempt(() => embedMissing(id, AbortSignal.timeout(embedPatienceMs)));
      return (done ?? 0) > 0;
    });
  };
  return createPump(turn, embedEveryMs, core.logger);
}

/** One workspace after the other, so that a busy one cannot starve the rest; true when any had work. */
async function anyFound<T>(all: readonly T[], work: (one: T) => Promise<boolean>): Promise<boolean> {
  let found = false;
  for (const one of all) found = (await work(one)) || found;
  return found;
}

function createJobHandler({ core }: OpenCore): (job: Job, signal: AbortSignal) => Promise<void> {
  const executeStep = createExecuteStep(core);
  const inquireStep = createInquireStep(core);
  const consult = createConsultModel(core);
  const consultNoise = createConsultNoise(core);
  const fold = createFoldWorkspace(core);
  return async (job, signal) => {
    switch (job.kind) {
      case 'execute-step':
        return executeStep(job.workspace, job.stepId, signal);
      case 'inquire-step':
        return inquireStep(job.workspace, job.stepId, signal, job.look);
      case 'consult-model':
        return consult(job.workspace, job.runId, signal);
      case 'consult-noise':
        return consultNoise(job, signal);
      case 'fold':
        await fold(job.workspace);
        return;
      default:
        return unreachable(job);
    }
  };
}
