import { type RecommendationId, type RunId, readId } from '#domain/ids.ts';
import type { ButtonPressed, FormSubmitted } from '#domain/intent.ts';
import { hasRole, type Person } from '#domain/person.ts';
import type { FormValues } from '#domain/reply.ts';
import type { Run } from '#domain/run/run.ts';
import { caseCard } from '#domain/wording/case-card.ts';
import { notice } from '#domain/wording/notices.ts';
import { presetValues } from '#domain/wording/parameter-form.ts';
import { verdictCard } from '#domain/wording/verdict-card.ts';
import type { Transaction } from '#ports/unit-of-work.ts';
import { advanceRun } from './advance-run.ts';
import type { Core } from './core.ts';
import { meetSpeaker } from './meet-speaker.ts';
import { type ChosenSolution, parameterErrors, readChosen } from './prepare-run.ts';

type Needs = Pick<Core, 'unitOfWork' | 'ids' | 'commandParser' | 'settings' | 'redact'>;

/** Starts what a person chose: a runbook becomes a run with its first step proposed, a case is shown in full. */
export function createChooseSolution(needs: Needs) {
  return (intent: ButtonPressed | FormSubmitted): Promise<void> =>
    needs.unitOfWork.within(intent.place.workspace, async (transaction) => {
      const person = await meetSpeaker(transaction, intent.speaker);
      const tell = (text: string) =>
        transaction.outbox.notify(needs.ids.next(), intent.place, person.externalId, notice(text));
      const id = readId<RecommendationId>(intent.action.id);
      const chosen = id ? await readChosen(transaction, id) : { kind: 'gone' as const };
      if (chosen.kind === 'gone') return tell('This recommendation is gone. Ask again to get a fresh one.');
      const refusal = await refuse(transaction, person, chosen);
      return refusal ? tell(refusal) : start(needs, transaction, { intent, person, chosen, tell });
    });
}

/** Why this person may not start this now, as a sentence; undefined when they may. */
async function refuse(
  { runs }: Transaction,
  person: Person,
  { recommendation }: Choice['chosen'],
): Promise<string | undefined> {
  if (!hasRole(person.role, 'responder')) return 'Using a solution needs the role responder or higher.';
  if (await runs.ofRecommendation(recommendation.id))
    return 'This solution is already in use in this thread; see its steps below.';
  return recommendation.state === 'chosen' ? 'This past case was opened already; see below.' : undefined;
}

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
  if (chosen.kind === 'case') return showCase(needs, transaction, chosen);
  const values =
    intent.kind === 'form-submitted' ? intent.values : presetValues(chosen.runbook, chosen.knowledge);
  const [error] = Object.entries(parameterErrors(chosen.runbook, values, chosen.knowledge));
  if (error) return tell(`${error[0]}: ${error[1]}`);
  const run = await addRun(needs, transaction, { person, chosen, values });
  await transaction.audit.append({
    actor: person.externalId,
    event: 'run.started',
    details: { run: run.id, solution: run.solutionId, version: run.versionId },
  });
  await advanceRun(needs, transaction, { ...intent.place, run, after: -1 });
}

async function addRun(
  { ids }: Needs,
  transaction: Transaction,
  {
    person,
    chosen,
    values,
  }: { person: Person; chosen: Extract<ChosenSolution, { kind: 'runbook' }>; values: FormValues },
): Promise<Run> {
  const { recommendation, runbook } = chosen;
  const run: Run = {
    id: ids.next<RunId>(),
    incidentId: recommendation.incidentId,
    recommendationId: recommendation.id,
    solutionId: recommendation.solutionId,
    versionId: recommendation.versionId,
    requestedBy: person.id,
    // Only what the runbook declares: a forged form cannot add more.
    parameters: Object.fromEntries(runbook.parameters.map(({ name }) => [name, values[name] ?? ''])),
    verdictPostId: null,
    state: 'active',
  };
  await transaction.runs.add(run);
  await transaction.recommendations.setState(recommendation.id, 'chosen');
  return run;
}

async function showCase(
  { ids }: Needs,
  { incidents, outbox, recommendations }: Transaction,
  { recommendation, case: past }: Extract<ChosenSolution, { kind: 'case' }>,
): Promise<void> {
  const incident = await incidents.find(recommendation.incidentId);
  if (!incident) return;
  await recommendations.setState(recommendation.id, 'chosen');
  await outbox.post(ids.next(), incident, caseCard(past), 'answer');
  const card = verdictCard({ recommendationId: recommendation.id, title: past.title, ending: '', votes: [] });
  await outbox.post(ids.next(), incident, card, 'answer');
}
