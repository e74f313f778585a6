import { Fault } from '#domain/fault.ts';
import type { WorkspaceId } from '#domain/ids.ts';
import { clipText } from '#domain/shortening/clip-text.ts';
import { storableText } from '#domain/text/storable-text.ts';
import { saysSettled } from '#domain/ticket/says-settled.ts';
import type { TicketRequest, TicketState } from '#domain/ticket/ticket.ts';
import { settledBefore, ticketFailedNote } from '#domain/wording/ticket-blocks.ts';
import type { AlertIncident } from '#ports/stores/alert-store.ts';
import type { ClaimedTicketRequest } from '#ports/stores/alert-ticket-store.ts';
import type { TicketAccess, TicketSystem } from '#ports/ticket-system.ts';
import type { Transaction } from '#ports/unit-of-work.ts';
import type { Core } from './core.ts';
import { redrawAlertCard } from './judge-alerts.ts';
import { showRequest } from './view-tickets.ts';

type Needs = Pick<Core, 'unitOfWork' | 'ids' | 'tickets' | 'settings' | 'redact' | 'logger' | 'postsWaiting'>;

const atOnce = 10;
const patienceMs = 15_000;
/** Several on one ticket are done one after the other, within one lease. */
const leaseMs = atOnce * patienceMs + 30_000;
const firstPauseMs = 5_000;
const longestPauseMs = 300_000;
/** Half an hour of pauses. */
const mostAttempts = 12;
const longestReason = 300;

/** Does what was asked of the systems that alerts came from; tells whether there was anything. */
export function createPerformTickets(needs: Needs): (workspace: WorkspaceId) => Promise<boolean> {
  return async (workspace) => {
    const claimed = await needs.unitOfWork.within(workspace, ({ alertTickets }) =>
      alertTickets.claim(atOnce, leaseMs),
    );
    const byTicket = Map.groupBy(claimed, ({ source, ticket }) => JSON.stringify([source, ticket.key]));
    await Promise.all([...byTicket.values()].map((requests) => performInOrder(needs, workspace, requests)));
    if (claimed.length > 0) needs.postsWaiting();
    return claimed.length > 0;
  };
}

async function performInOrder(
  needs: Needs,
  workspace: WorkspaceId,
  requests: readonly ClaimedTicketRequest[],
): Promise<void> {
  for (const request of requests) {
    const became = await perform(needs, workspace, request);
    await needs.unitOfWork.within(workspace, (transaction) => note(needs, transaction, request, became));
  }
}

type Became =
  | { readonly kind: 'ended'; readonly state: Exclude<TicketState, 'waiting'>; readonly reason: string }
  | { readonly kind: 'later'; readonly inMs: number; readonly reason: string };

const ended = (state: Exclude<TicketState, 'waiting'>, reason = ''): Became => ({
  kind: 'ended',
  state,
  reason,
});

async function perform(needs: Needs, workspace: WorkspaceId, request: ClaimedTicketRequest): Promise<Became> {
  const system = needs.tickets.find(({ source }) => source === request.source);
  const repeats = system?.actions[request.action];
  if (!system || repeats === undefined) return ended('refused', 'it is not set up any more');
  if (request.isInterrupted && repeats === 'once') return ended('unknown', 'Recourse was ended meanwhile');
  const signal = AbortSignal.timeout(patienceMs);
  try {
    const opened = await openOne(system, workspace, signal);
    await opened.act({ ...request, isRepeated: request.attempts > 1 }, signal);
    return ended('done');
  } catch (error) {
    return judge(needs, request, system, error);
  }
}

/** Without its credential nothing was sent, so it can be tried again whatever it is. */
async function openOne(
  system: TicketAccess,
  workspace: WorkspaceId,
  signal: AbortSignal,
): Promise<TicketSystem> {
  try {
    return await system.open(workspace, signal);
  } catch (error) {
    if (error instanceof Fault && error.kind !== 'unavailable') throw error;
    const { message, advice } = error instanceof Fault ? error : unreadable;
    throw new Fault('unavailable', 'ticket-credential', message, advice, error, { undone: true });
  }
}

const unreadable = {
  message: 'its credential could not be read',
  advice: 'The log of Recourse says why.',
} as const;

function judge(
  { redact, logger }: Needs,
  request: ClaimedTicketRequest,
  system: TicketAccess,
  error: unknown,
): Became {
  logger.warn({ error, request: request.id, system: system.name }, 'a ticket was not changed');
  if (!(error instanceof Fault)) return ended('unknown', 'Recourse failed; its log says why');
  const reason = clipText(redact(storableText(error.message)), longestReason);
  if (error.kind === 'rejected' && saysSettled(request.action, reason)) return ended('done', settledBefore);
  if (error.kind !== 'unavailable') return ended('refused', reason);
  if (!error.undone && system.actions[request.action] === 'once') return ended('unknown', reason);
  if (request.attempts >= mostAttempts) return ended('gave-up', reason);
  return { kind: 'later', reason, inMs: pauseAfter(request.attempts, error.retryAfterMs ?? 0) };
}

/** Doubled each time; never shorter than the system asks for. */
const pauseAfter = (attempts: number, askedMs: number): number =>
  Math.max(askedMs, Math.min(firstPauseMs * 2 ** (attempts - 1), longestPauseMs));

async function note(
  needs: Needs,
  transaction: Transaction,
  request: ClaimedTicketRequest,
  became: Became,
): Promise<void> {
  const { alertTickets, alerts, audit } = transaction;
  const id =
    became.kind === 'later'
      ? await alertTickets.postpone(request, became)
      : await alertTickets.settle(request, became);
  if (id === undefined) return;
  const [incident] = await alerts.incidents([id]);
  if (became.kind === 'ended') {
    const { action, source, ticket } = request;
    const details = {
      request: request.id,
      alerts: id,
      action,
      source,
      ticket: ticket.key,
      state: became.state,
    };
    await audit.append({ actor: 'tickets', event: 'tickets.settled', details });
    if (incident && became.state !== 'done')
      await tellThread(needs, transaction, incident, { ...request, ...became });
  }
  if (incident) await redrawAlertCard(needs, transaction, incident);
}

async function tellThread(
  needs: Needs,
  transaction: Transaction,
  { channel, postId }: AlertIncident,
  request: TicketRequest,
): Promise<void> {
  const thread = postId && (await transaction.outbox.find(postId))?.externalId;
  if (!thread) return;
  const told = ticketFailedNote(await showRequest(needs, transaction, request));
  await transaction.outbox.post(needs.ids.next(), { channel, thread }, told, 'answer');
}
