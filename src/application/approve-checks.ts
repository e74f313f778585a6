import { hashCheckList } from '#domain/approval/check-list.ts';
import { readId, type StepId } from '#domain/ids.ts';
import type { ButtonPressed } from '#domain/intent.ts';
import type { Person } from '#domain/person.ts';
import { notice } from '#domain/wording/notices.ts';
import type { StepView } from '#domain/wording/step-card.ts';
import type { Transaction } from '#ports/unit-of-work.ts';
import { approveAhead } from './approve-ahead.ts';
import type { Core } from './core.ts';
import { decideWithin, findView } from './decide-step.ts';
import { meetSpeaker } from './meet-speaker.ts';

type Needs = Pick<Core, 'unitOfWork' | 'ids' | 'commandParser' | 'lineDiff' | 'settings' | 'redact'>;

/**
 * "Approve all checks": one decision on the diagnostic that waits and on those that its card lists, and on the same ones once more
 * after a change where the card says so. Each becomes a step with
 * an approval and a hash of its own, which is checked when its turn comes; a list that has changed since is not approved.
 */
export function createApproveChecks(needs: Needs) {
  return (intent: ButtonPressed): Promise<void> =>
    needs.unitOfWork.within(intent.place.workspace, async (transaction) => {
      const person = await meetSpeaker(transaction, intent);
      const [stepId = '', shown = ''] = intent.action.id.split('/');
      const view = readId<StepId>(stepId) && (await findView(needs, transaction, stepId));
      const refusal = refuse(view || undefined, shown);
      if (refusal !== undefined || !view)
        return transaction.outbox.notify(
          needs.ids.next(),
          intent.place,
          person.externalId,
          notice(refusal ?? ''),
        );
      await decideWithin(needs, transaction, { intent, decision: 'approved', person, view });
      if ((await transaction.runs.step(view.step.id))?.state !== 'approved') return;
      await approveListed(needs, transaction, { intent, person, view });
    });
}

function refuse(view: StepView | undefined, shown: string): string | undefined {
  if (!view) return 'This step is gone.';
  if (view.step.state !== 'proposed') return undefined;
  return hashCheckList(view.together) === shown
    ? undefined
    : 'The list has changed since it was shown. Nothing was approved; look at the card again.';
}

async function approveListed(
  needs: Needs,
  transaction: Transaction,
  {
    intent,
    person,
    view,
  }: { readonly intent: ButtonPressed; readonly person: Person; readonly view: StepView },
): Promise<void> {
  const version = await transaction.solutions.version(view.run.versionId);
  if (version?.content.kind !== 'runbook') return;
  const { runbook } = version.content;
  const { step, run, together } = view;
  const listed = together.checks.map(({ position }) => position);
  const about = { ...intent.place, run, runbook };
  for (const position of listed)
    await approveAhead(needs, transaction, { ...about, position, round: step.round }, person, 'next');
  if (together.againMs === null) return;
  for (const position of [step.position, ...listed])
    await approveAhead(needs, transaction, { ...about, position, round: 1 }, person, 'again');
}
