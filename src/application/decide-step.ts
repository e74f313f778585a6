import { hashBinding } from '#domain/approval/binding.ts';
import { type DecisionQuestion, mayDecide } from '#domain/approval/may-decide.ts';
import { readId, type StepId } from '#domain/ids.ts';
import type { ButtonPressed } from '#domain/intent.ts';
import type { Person } from '#domain/person.ts';
import type { Step } from '#domain/run/step.ts';
import {
  alreadyDecidedNotice,
  closedNotice,
  deniedNotice,
  notice,
  unshowableNotice,
} from '#domain/wording/notices.ts';
import type { StepView } from '#domain/wording/step-card.ts';
import type { Decision } from '#ports/stores/run-store.ts';
import type { Transaction } from '#ports/unit-of-work.ts';
import { advanceRun } from './advance-run.ts';
import type { Core } from './core.ts';
import { meetSpeaker } from './meet-speaker.ts';
import { bindingOf, readStepView, stampCard } from './step-view.ts';

type Needs = Pick<Core, 'unitOfWork' | 'ids' | 'commandParser' | 'lineDiff' | 'settings' | 'redact'>;

export interface Deciding {
  readonly intent: ButtonPressed;
  readonly decision: Decision;
  readonly person: Person;
  readonly view: StepView;
}

/** Takes one person's decision on one proposed step. Of two that race, one counts and the other is told. */
export function createDecideStep(needs: Needs) {
  return (intent: ButtonPressed, decision: Decision): Promise<void> =>
    needs.unitOfWork.within(intent.place.workspace, async (transaction) => {
      const person = await meetSpeaker(transaction, intent);
      const view = await findView(needs, transaction, intent.action.id);
      if (!view) return tell(needs, transaction, { intent, person }, notice('This step is gone.'));
      await decideWithin(needs, transaction, { intent, decision, person, view });
    });
}

/** The step with what its card shows, held until the transaction ends. */
export async function findView(
  needs: Needs,
  transaction: Transaction,
  id: string,
): Promise<StepView | undefined> {
  const stepId = readId<StepId>(id);
  const step = stepId && (await transaction.runs.lockStep(stepId));
  const run = step && (await transaction.runs.find(step.runId));
  return run && step && readStepView(needs, transaction, step, run);
}

/** The same as a part of what a transaction does; whoever may not decide, or comes late, is told. */
export async function decideWithin(
  needs: Needs,
  transaction: Transaction,
  deciding: Deciding,
): Promise<void> {
  const { decision, person, view } = deciding;
  const { step, run, terms } = view;
  const question = { requesters: [run.requestedBy, run.startedBy], terms };
  const answer = mayDecide({ ...question, person, decision });
  if (answer.kind !== 'allowed') {
    const approvers = await approversOf(transaction, deciding, question);
    return tell(needs, transaction, deciding, deniedNotice(answer, approvers));
  }
  if (step.state !== 'proposed') return tellLate(needs, transaction, deciding, step);
  if ((await transaction.now()) >= step.expiresAt) return expireOrTell(needs, transaction, deciding);
  const refusal = decision === 'approved' && (closedNotice(view) ?? unshowableNotice(view));
  if (refusal) return tell(needs, transaction, deciding, refusal);
  const binding = hashBinding(bindingOf(deciding.intent.place.workspace, view));
  if (decision === 'approved' && binding !== step.binding) return withdraw(needs, transaction, deciding);
  if (!(await transaction.runs.recordApproval({ stepId: step.id, personId: person.id, decision, binding })))
    return tell(
      needs,
      transaction,
      deciding,
      notice('You decided on this step already; another person must approve it too.'),
    );
  await audit(transaction, deciding, binding);
  await carryOut(needs, transaction, deciding);
}

async function approversOf(
  { people }: Transaction,
  { intent }: Deciding,
  question: Pick<DecisionQuestion, 'requesters' | 'terms'>,
): Promise<readonly Person[]> {
  const { approve } = question.terms;
  if (approve === 'nobody') return [];
  const all = await people.withRole(approve, intent.place.channel);
  return all.filter((person) => mayDecide({ ...question, person, decision: 'approved' }).kind === 'allowed');
}

/** The card showed something else than what would run now, so a yes to it means nothing. */
async function withdraw(needs: Needs, transaction: Transaction, deciding: Deciding): Promise<void> {
  const { step } = deciding.view;
  const withdrawn = await transaction.runs.decide(step.id, 'rejected');
  if (withdrawn) await stampCard(needs, transaction, withdrawn, 'approval');
  await transaction.audit.append({
    actor: deciding.person.externalId,
    event: 'step.outdated',
    details: { step: step.id, host: step.hostId },
  });
  const why =
    'The host changed since this step was proposed. Nothing ran; press Propose again to see it as it is now.';
  await tell(needs, transaction, deciding, notice(why));
}

async function carryOut(needs: Needs, transaction: Transaction, deciding: Deciding): Promise<void> {
  const { decision, view } = deciding;
  const { step } = view;
  const given = (await transaction.runs.approvals(step.id)).filter(
    (one) => one.decision === 'approved',
  ).length;
  if (decision === 'approved' && given < view.terms.approvals)
    return stampCard(needs, transaction, step, 'approval');
  const decided = await transaction.runs.decide(step.id, decision);
  if (!decided) return expireOrTell(needs, transaction, deciding);
  await stampCard(needs, transaction, decided, 'approval');
  const { place } = deciding.intent;
  if (decision === 'approved')
    await transaction.enqueue({ kind: 'execute-step', workspace: place.workspace, stepId: step.id });
  if (decision === 'skipped')
    await advanceRun(needs, transaction, {
      ...place,
      run: view.run,
      after: step.position,
      round: step.round,
    });
}

/** The conditional update changed nothing: the step has expired, or somebody was faster in this very moment. */
async function expireOrTell(needs: Needs, transaction: Transaction, deciding: Deciding): Promise<void> {
  const now = await transaction.now();
  const { step } = deciding.view;
  const expired = now >= step.expiresAt ? await transaction.runs.decide(step.id, 'expired') : undefined;
  if (expired) await stampCard(needs, transaction, expired, 'approval');
  const current = expired ?? (await transaction.runs.step(step.id)) ?? step;
  await tellLate(needs, transaction, deciding, current);
}

function tellLate(needs: Needs, transaction: Transaction, deciding: Deciding, step: Step): Promise<void> {
  const by = deciding.view.decisions.map(({ person }) => person.name);
  return tell(needs, transaction, deciding, alreadyDecidedNotice(step.state, by));
}

function tell(
  { ids }: Needs,
  { outbox }: Transaction,
  { intent, person }: Pick<Deciding, 'intent' | 'person'>,
  reply: ReturnType<typeof notice>,
): Promise<void> {
  return outbox.notify(ids.next(), intent.place, person.externalId, reply);
}

function audit({ audit }: Transaction, { decision, person, view }: Deciding, binding: string): Promise<void> {
  const { step, run } = view;
  const isOwnChange = step.risk !== 'read-only' && [run.requestedBy, run.startedBy].includes(person.id);
  // Only a policy that says so lets it come to this; whoever reads the log must see it.
  const alone = decision === 'approved' && isOwnChange ? { approvedByRequester: true } : {};
  return audit.append({
    actor: person.externalId,
    event: `step.${decision}`,
    details: { step: step.id, run: run.id, ...whereOf(step), risk: step.risk, binding, ...alone },
  });
}

const whereOf = ({ hostId, fanOut }: Step) =>
  fanOut === null
    ? { host: hostId }
    : { group: fanOut.group, hosts: fanOut.targets.map((target) => target.hostId) };
