import type { SettledThread } from '#domain/automatic-capture/capture.ts';
import { isWorthDrafting } from '#domain/automatic-capture/is-worth-drafting.ts';
import { Fault } from '#domain/fault.ts';
import type { PostId, WorkspaceId } from '#domain/ids.ts';
import type { Incident } from '#domain/incident.ts';
import type { CaseDraft } from '#domain/wording/case-form.ts';
import { type DraftAbout, decidedDraftCard, draftCard } from '#domain/wording/draft-card.ts';
import type { SaidThread } from '#ports/said-thread.ts';
import type { Transaction } from '#ports/unit-of-work.ts';
import { isCaptured } from './capture-thread.ts';
import type { Core } from './core.ts';
import { draftCase, savedCase } from './draft-case.ts';
import { draftNext } from './draft-next.ts';
import { type WordedDraft, wordDraft } from './word-draft.ts';

type Needs = Pick<
  Core,
  | 'unitOfWork'
  | 'ids'
  | 'settings'
  | 'redact'
  | 'commandParser'
  | 'readThread'
  | 'askModel'
  | 'logger'
  | 'postsWaiting'
>;

/** Drafts that lapse in one turn: it must not hold up the embedded database. */
const atOnce = 5;
/** Shorter than what is taken is held. */
const patienceMs = 30_000;
/** About a day, with the pauses between. */
const mostAttempts = 28;

/**
 * Drafts the cases of threads that were resolved and have been quiet since, and lets those drafts lapse on which nobody
 * decided. What is taken and not finished, by a crash or because the chat is away, comes again. True when there was any.
 */
export function createDraftSettled(needs: Needs): (workspace: WorkspaceId) => Promise<boolean> {
  const { unitOfWork, postsWaiting } = needs;
  return async (workspace) => {
    // One, because it is held for a minute only.
    const settled = await unitOfWork.within(workspace, ({ captures }) => captures.take(1));
    for (const one of settled) await draftOne(needs, workspace, one);
    const lapsed = await unitOfWork.within(workspace, lapse);
    if (settled.length + lapsed > 0) postsWaiting();
    return settled.length + lapsed > 0;
  };
}

async function draftOne(needs: Needs, workspace: WorkspaceId, settled: SettledThread): Promise<void> {
  const within = <T>(work: (transaction: Transaction) => Promise<T>) =>
    needs.unitOfWork.within(workspace, work);
  const incident = await within((transaction) => findWanted(transaction, settled));
  if (!incident) return;
  const told = await readWhole(needs, workspace, incident, settled);
  if (told === 'later') return;
  const drafted = await within((transaction) => draftHeld(needs, transaction, { settled, incident, told }));
  if (!drafted || told === 'gone') return;
  const { draft, isNext } = drafted;
  // What somebody saved stays as they wrote it.
  const worded = isNext ? { draft, by: undefined } : await wordDraft(needs, draft, told);
  await within((transaction) => post(needs, transaction, { settled, incident, told, worded, isNext }));
}

interface Reading {
  readonly settled: SettledThread;
  readonly incident: Incident;
  readonly told: SaidThread | 'gone';
}

interface HeldDraft {
  readonly draft: CaseDraft;
  /** The case was saved before, and the problem was back since. */
  readonly isNext: boolean;
}

/** Undefined where there is nothing to keep. */
async function draftHeld(
  needs: Needs,
  transaction: Transaction,
  { settled, incident, told }: Reading,
): Promise<HeldDraft | undefined> {
  if (told !== 'gone') {
    const { messages } = told;
    const saved = await savedCase(transaction, incident);
    const found = saved
      ? await draftNext(needs, transaction, { incident, messages }, saved)
      : await draftCase(needs, transaction, { incident, messages });
    if (found && isWorthDrafting(found.draft, found.outcome, settled.because))
      return { draft: found.draft, isNext: saved !== undefined };
  }
  await transaction.captures.drop(settled);
  return undefined;
}

/** Undefined where no draft is wanted any more: nobody is captured whose channel has opted out since. */
async function findWanted(transaction: Transaction, settled: SettledThread): Promise<Incident | undefined> {
  const { captures, incidents } = transaction;
  const incident = await incidents.find(settled.incidentId);
  const isWanted =
    incident !== undefined && incident.state !== 'dismissed' && (await isCaptured(transaction, incident));
  if (!isWanted) await captures.drop(settled);
  return isWanted ? incident : undefined;
}

async function readWhole(
  { readThread, logger }: Needs,
  workspace: WorkspaceId,
  { channel, thread }: Incident,
  { attempts }: SettledThread,
): Promise<SaidThread | 'gone' | 'later'> {
  try {
    return await readThread({ workspace, channel, thread }, AbortSignal.timeout(patienceMs));
  } catch (error) {
    const isGone = error instanceof Fault && error.kind === 'rejected';
    const isLast = attempts >= mostAttempts;
    logger.warn(
      { error, channel, attempts },
      'a thread could not be read, of which a case was to be drafted',
    );
    return isGone || isLast ? 'gone' : 'later';
  }
}

interface Posting extends Pick<HeldDraft, 'isNext'> {
  readonly settled: SettledThread;
  readonly incident: Incident;
  readonly told: SaidThread;
  readonly worded: WordedDraft;
}

async function post(
  { ids, settings }: Needs,
  transaction: Transaction,
  { settled, incident, told, isNext, worded: { draft, by } }: Posting,
): Promise<void> {
  // Held, so that it is not decided on, saved or dismissed meanwhile.
  const held = await transaction.incidents.lock(incident.id);
  if (!held || held.state === 'dismissed') return transaction.captures.drop(settled);
  const { lapseMs } = settings.capture;
  const postId = ids.next<PostId>();
  const people = [...new Set(told.messages.filter(({ isBot }) => !isBot).map(({ author }) => author))];
  if (!(await transaction.captures.keep(settled, { postId, draft, people }, lapseMs))) return;
  const lapsesAt = (await transaction.now()) + lapseMs;
  const { thread } = incident;
  const about: DraftAbout = { thread, postId, lapsesAt, isWhole: told.isWhole, isNext, by };
  await transaction.audit.append({
    actor: 'capture',
    event: 'case.drafted',
    details: { incident: incident.id, because: settled.because, wordedBy: by ?? null, isNext },
  });
  await transaction.outbox.post(postId, incident, draftCard(draft, about), 'answer');
}

async function lapse({ captures, incidents, outbox, audit }: Transaction): Promise<number> {
  const lapsed = await captures.lapse(atOnce);
  for (const { incidentId, postId, draft } of lapsed) {
    const thread = (await incidents.find(incidentId))?.thread ?? '';
    await outbox.revise(postId, decidedDraftCard(draft.title, { kind: 'lapsed' }, thread), 'answer');
    await audit.append({ actor: 'capture', event: 'draft.lapsed', details: { incident: incidentId } });
  }
  return lapsed.length;
}
