import { type RecommendationId, type RunId, readId } from '#domain/ids.ts';
import type { ButtonPressed, FormSubmitted, Place } from '#domain/intent.ts';
import type { Person } from '#domain/person.ts';
import { mayRequest } from '#domain/policy/may-request.ts';
import type { Recommendation } from '#domain/recommendation.ts';
import type { FormValues } from '#domain/reply.ts';
import type { Run } from '#domain/run/run.ts';
import { caseCard } from '#domain/wording/case-card.ts';
import { notice } from '#domain/wording/notices.ts';
import { presetValues } from '#domain/wording/parameter-form.ts';
import type { Transaction } from '#ports/unit-of-work.ts';
import { advanceRun } from './advance-run.ts';
import { askVerdict, endingOf } from './ask-verdict.ts';
import type { Core } from './core.ts';
import { sees } from './hidden-from.ts';
import { meetSpeaker } from './meet-speaker.ts';
import { type ChosenSolution, checkParameters, readChosen } from './prepare-run.ts';

type Needs = Pick<
  Core,
  'unitOfWork' | 'ids' | 'commandParser' | 'lineDiff' | 'matchWhole' | 'settings' | 'redact'
>;

/** Starts what a person chose: a runbook becomes a run with its first step proposed, a case is shown in full. */
export function createChooseSolution(needs: Needs) {
  return (intent: ButtonPressed | FormSubmitted): Promise<void> =>
    needs.unitOfWork.within(intent.place.workspace, (transaction) =>
      chooseWithin(needs, transaction, intent),
    );
}

/** The same as a part of what a transaction does. */
export async function chooseWithin(
  needs: Needs,
  transaction: Transaction,
  intent: ButtonPressed | FormSubmitted,
): Promise<void> {
  const person = await meetSpeaker(transaction, intent);
  const tell = (text: string) =>
    transaction.outbox.notify(needs.ids.next(), intent.place, person.externalId, notice(text));
  const id = readId<RecommendationId>(intent.action.id);
  const chosen = id ? await readChosen(transaction, id) : { kind: 'gone' as const };
  if (chosen.kind === 'gone') return tell('This recommendation is gone. Ask again to get a fresh one.');
  const refusal = await refuse(needs, transaction, person, { ...intent.place, chosen });
  return refusal ? tell(refusal) : start(needs, transaction, { intent, person, chosen, tell });
}

/** Why this person may not start this now, as a sentence; undefined when they may. */
async function refuse(
  { settings }: Needs,
  transaction: Transaction,
  person: Person,
  { channel, chosen }: Place & Pick<Choice, 'chosen'>,
): Promise<string | undefined> {
  const { runs, incidents } = transaction;
  const { recommendation } = chosen;
  const runbook = chosen.kind === 'runbook' ? chosen.slug : null;
  const refusal = mayRequest(settings.policy, person.role, { channel, runbook });
  if (refusal !== undefined) return refusal;
  if (!(await sees(settings, transaction, { role: person.role, channel }, chosen.slug))) return unseen;
  if (await runs.ofRecommendation(recommendation.id)) return inUse;
  // Held, so that the question is not deleted while its answer comes into use.
  if ((await incidents.lock(recommendation.incidentId))?.state === 'dismissed') return questionGone;
  return recommendation.state === 'chosen' ? opened : undefined;
}

const unseen = 'This is not shown here any more.';
const questionGone = 'Its question was deleted. Ask again to get a fresh answer.';
const inUse = 'This solution is already in use in this thread; see its steps below.';
const opened = 'This past case was opened already; see below.';

interface Choice {
  readonly intent: ButtonPressed | FormSubmitted;
  readonly person: Person;
  readonly chosen: Exclude<ChosenSolution, { kind: 'gone' }>;
  readonly tell: (text: string) => Promise<void>;
}

async function start(
  needs: Needs,
  transaction: Transaction,
  { intent, person, chosen, tell }: Choice,
): Promise<void> {
  if (chosen.kind === 'case') {
    const isFirst = await transaction.recommendations.choose(chosen.recommendation.id);
    return isFirst ? showCase(needs, transaction, chosen) : tell(opened);
  }
  const values =
    intent.kind === 'form-submitted' ? intent.values : presetValues(chosen.runbook, chosen.knowledge);
  const checked = checkParameters(needs, chosen.runbook, values, chosen.knowledge);
  if (checked.kind === 'invalid')
    return tell(
      Object.entries(checked.errors)
        .map(([name, why]) => `${name}: ${why}`)
        .join(' '),
    );
  if (!(await transaction.recommendations.choose(chosen.recommendation.id))) return tell(inUse);
  const run = await addRun(needs, transaction, person, chosen.recommendation, checked.values);
  await transaction.audit.append({
    actor: person.externalId,
    event: 'run.started',
    details: { run: run.id, solution: run.solutionId, version: run.versionId },
  });
  await advanceRun(needs, transaction, { ...intent.place, run, after: -1, round: 0 });
}

async function addRun(
  { ids }: Needs,
  transaction: Transaction,
  person: Person,
  recommendation: Recommendation,
  parameters: FormValues,
): Promise<Run> {
  const run: Run = {
    id: ids.next<RunId>(),
    incidentId: recommendation.incidentId,
    recommendationId: recommendation.id,
    solutionId: recommendation.solutionId,
    versionId: recommendation.versionId,
    requestedBy: person.id,
    startedBy: person.id,
    parameters,
    state: 'active',
    direction: 'forward',
  };
  await transaction.runs.add(run);
  return run;
}

async function showCase(
  needs: Needs,
  transaction: Transaction,
  {
    recommendation: { id, incidentId, solutionId, versionId },
    case: past,
  }: Extract<ChosenSolution, { kind: 'case' }>,
): Promise<void> {
  const incident = await transaction.incidents.find(incidentId);
  if (!incident) return;
  const seen = (await transaction.solutions.rates([solutionId])).get(solutionId);
  await transaction.outbox.post(needs.ids.next(), incident, caseCard(past, versionId, seen), 'answer');
  await askVerdict(needs, transaction, incident, {
    id,
    title: past.title,
    ending: endingOf(undefined),
    undoable: null,
  });
}
