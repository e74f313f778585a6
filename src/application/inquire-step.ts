import { hashBinding } from '#domain/approval/binding.ts';
import type { Host } from '#domain/host.ts';
import type { StepId, WorkspaceId } from '#domain/ids.ts';
import { looksInVain, pauseAfterLook } from '#domain/run/next-look.ts';
import type { Run } from '#domain/run/run.ts';
import type { Step, StepResult } from '#domain/run/step.ts';
import { attemptOnHost } from '#domain/run/tries.ts';
import { isNewest } from '#domain/run/turn.ts';
import { isSameWay, wayTo } from '#domain/run/way.ts';
import { type Fate, fateText, noMoreLooks, type Open } from '#domain/wording/fate-text.ts';
import { notice } from '#domain/wording/notices.ts';
import type { Transaction } from '#ports/unit-of-work.ts';
import type { Core } from './core.ts';
import { jumpsTo } from './jumps-to.ts';
import { holdWhole } from './read-fan-out.ts';
import { stampRun } from './stamp-run.ts';
import { bindingOf, stampCard } from './step-view.ts';
import { wakeWaiting } from './wake-waiting.ts';

type Needs = Pick<
  Core,
  'unitOfWork' | 'ids' | 'shell' | 'clock' | 'settings' | 'commandParser' | 'redact' | 'postsWaiting'
>;

interface Lost {
  readonly step: Step;
  readonly run: Run;
  readonly host: Host;
  readonly jumps: readonly Host[];
  /** Somebody stopped the run. */
  readonly isUnwanted: boolean;
  /** Another host goes by its name now, or the way to it is another: what that one knows is about something else. */
  readonly isChanged: boolean;
}

/**
 * Asks the host what became of a step that was lost sight of, and tells its thread; after *Stop the run* it also ends there
 * what still runs. Nothing is run and the step stays unknown: what to do with it is a person's choice, made with what the host
 * knows. While it runs there, or the host is away, it is asked again with growing pauses, for a day.
 */
export function createInquireStep(needs: Needs) {
  return async (workspace: WorkspaceId, stepId: StepId, signal: AbortSignal, look = 0): Promise<void> => {
    const lost = await needs.unitOfWork.within(workspace, (transaction) =>
      findLost(transaction, workspace, stepId),
    );
    if (!lost) return;
    const fate = lost.isChanged ? changed : await ask(needs, lost, signal);
    await needs.unitOfWork.within(workspace, (transaction) =>
      followUp(needs, transaction, { workspace, lost, fate, look }),
    );
    needs.postsWaiting();
  };
}

const changed: Fate = {
  kind: 'unknown',
  why: 'its entry in the inventory was changed since, so it was not asked',
};

/** Nobody knows how it ended, or whether it has. */
const isLost = ({ state, lingers }: Step): boolean => state === 'unknown' || lingers;

const isOver = ({ kind }: Fate): boolean => kind === 'exited' || kind === 'never-started' || kind === 'gone';

async function findLost(
  transaction: Transaction,
  workspace: WorkspaceId,
  id: StepId,
): Promise<Lost | undefined> {
  const { runs, hosts } = transaction;
  const step = await runs.step(id);
  const run = step && isLost(step) ? await runs.find(step.runId) : undefined;
  const host = step && (await hosts.find(step.hostId));
  if (!step || !run || !host) return undefined;
  const jumps = await jumpsTo(transaction, host);
  const isChanged = !jumps || !(await isAsSent(transaction, workspace, { step, run, host, jumps }));
  const isUnwanted = await runs.isUnwanted(id);
  return { step, run, host, jumps: jumps ?? [], isUnwanted, isChanged };
}

/** Whether the inventory still names the machine and the login that the step was sent to. */
async function isAsSent(
  { runs }: Transaction,
  workspace: WorkspaceId,
  { step, run, host, jumps }: Pick<Lost, 'step' | 'run' | 'host' | 'jumps'>,
): Promise<boolean> {
  const way = await runs.wayOf(step.id);
  if (way) return isSameWay(way, wayTo(host, jumps));
  // Sent by a version that kept no way, and bound no more of the hosts before it than the name of the last one.
  return hashBinding(bindingOf(workspace, { step, run, host, jumps: [], fanOut: null })) === step.binding;
}

/** Clocks of hosts and of the database need not agree to the second. */
const marginMs = 60_000;

async function ask({ shell, clock }: Needs, lost: Lost, signal: AbortSignal): Promise<Fate> {
  const { step, host, jumps, isUnwanted } = lost;
  const connection = await shell.connect(host, jumps, signal);
  if (connection.kind === 'refused') return { kind: 'away', why: connection.message };
  const { session } = connection;
  try {
    const ageMs = clock.now() - (step.startedAt ?? clock.now()) + marginMs;
    const attempt = attemptOnHost(step);
    return await (isUnwanted ? session.end(attempt, ageMs) : session.inquire(attempt, ageMs));
  } finally {
    await session.close();
  }
}

interface Look {
  readonly workspace: WorkspaceId;
  readonly lost: Lost;
  readonly fate: Fate;
  readonly look: number;
}

/** Asks again later about what may still change, and tells what is new. */
async function followUp(needs: Needs, transaction: Transaction, found: Look): Promise<void> {
  const { workspace, lost, fate, look } = found;
  await holdWhole(transaction, lost.step);
  const step = await transaction.runs.lockStep(lost.step.id);
  // A late result may have been faster.
  if (!step || !isLost(step)) return;
  const isOpen = fate.kind === 'running' || fate.kind === 'away';
  const pauseMs = isOpen ? pauseAfterLook(look) : undefined;
  if (pauseMs !== undefined)
    await transaction.enqueue({ kind: 'inquire-step', workspace, stepId: step.id, look: look + 1 }, pauseMs);
  const isLast = isOpen && pauseMs === undefined;
  if (fate.kind === 'away' && look !== looksInVain && !isLast) return;
  const text = needs.redact(fateText(fate, await whatIsOpen(transaction, step)));
  await tell(
    needs,
    transaction,
    { ...found, lost: { ...lost, step } },
    isLast ? `${text} ${noMoreLooks}` : text,
  );
}

/** What people may have done since the host was asked. */
async function whatIsOpen({ runs }: Transaction, { id, runId, partOf }: Step): Promise<Open> {
  const run = await runs.find(runId);
  // The card of a group offers no choice while other hosts are at work.
  const isAtWork = partOf !== null && (await runs.step(partOf))?.state === 'running';
  const isUndecided = !isAtWork && isNewest(await runs.steps(runId), partOf ?? id);
  return { isActive: run?.state === 'active', isUndecided, isUnwanted: await runs.isUnwanted(id) };
}

const nothing = { signal: null, stdout: '', stderr: '', stdoutBytes: 0, stderrBytes: 0 };

async function tell(needs: Needs, transaction: Transaction, found: Look, why: string): Promise<void> {
  const { step, run, host } = found.lost;
  // It was told; a job may come twice, and one that still runs is the same every time.
  if (step.result?.why === why) return;
  const exitCode = found.fate.kind === 'exited' ? found.fate.exitCode : null;
  const result: StepResult = {
    ...nothing,
    ...step.result,
    state: step.result?.state ?? 'unknown',
    exitCode,
    why,
  };
  await transaction.runs.learn(step.id, result, isOver(found.fate));
  const details = { step: step.id, host: step.hostId, ...found.fate };
  await transaction.audit.append({ actor: 'inquiry', event: 'step.inquired', details });
  await showWhatIsKnown(needs, transaction, found, { ...step, result });
  const incident = await transaction.incidents.find(run.incidentId);
  if (!incident) return;
  const told = notice(`"${step.title}" on ${host.name}: ${why}`, 'waiting');
  await transaction.outbox.post(needs.ids.next(), incident, told, 'approval');
}

/** Once it has ended, what waits for the host gets its turn, and the run can be rolled back. */
async function showWhatIsKnown(
  needs: Needs,
  transaction: Transaction,
  { workspace, fate }: Look,
  step: Step,
): Promise<void> {
  if (!step.lingers || !isOver(fate)) return stampCard(needs, transaction, step, 'approval');
  await wakeWaiting(transaction, workspace, step);
  await stampRun(needs, transaction, step.runId);
}
