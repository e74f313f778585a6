import { type HostId, readId, type StepId } from '#domain/ids.ts';
import type { ButtonPressed } from '#domain/intent.ts';
import { hasRole, type Person } from '#domain/person.ts';
import type { Step } from '#domain/run/step.ts';
import { nothingLingers } from '#domain/wording/linger-text.ts';
import { notice } from '#domain/wording/notices.ts';
import type { Transaction } from '#ports/unit-of-work.ts';
import type { Core } from './core.ts';
import { meetSpeaker } from './meet-speaker.ts';
import { stampRun } from './stamp-run.ts';
import { stampCard } from './step-view.ts';
import { wakeWaiting } from './wake-waiting.ts';

type Needs = Pick<Core, 'unitOfWork' | 'ids' | 'commandParser' | 'settings' | 'redact'>;

/**
 * "Go on all the same": an approver takes it upon them that what was lost sight of on the hosts of this step may still be at
 * work there. It holds up no further change from here on; each one of them is named in the audit log.
 */
export function createLetGo(needs: Needs) {
  return (intent: ButtonPressed): Promise<void> =>
    needs.unitOfWork.within(intent.place.workspace, async (transaction) => {
      const person = await meetSpeaker(transaction, intent);
      const tell = (text: string) =>
        transaction.outbox.notify(needs.ids.next(), intent.place, person.externalId, notice(text));
      const id = readId<StepId>(intent.action.id);
      const step = id && (await transaction.runs.step(id));
      if (!step) return tell('This step is gone.');
      if (!mayLetGo(person)) return tell(notTheirs);
      const freed = await letGo(needs, transaction, intent, person.externalId, step);
      if (freed === 0) return tell(nothingLingers);
    });
}

/** Like a yes to a change, it is for full members alone. */
const mayLetGo = ({ role, standing }: Person): boolean => hasRole(role, 'approver') && standing === 'member';

const notTheirs = 'Going on all the same is for members of this workspace with the role approver or higher.';

async function letGo(
  needs: Needs,
  transaction: Transaction,
  { place }: ButtonPressed,
  actor: string,
  step: Step,
): Promise<number> {
  const { runs, audit } = transaction;
  const lingering = await runs.lingering(hostsOf(step));
  for (const { id, hostId } of lingering) {
    if (!(await runs.letGo(id))) continue;
    const lost = await runs.step(id);
    if (!lost) continue;
    await audit.append({ actor, event: 'step.let-go', details: { step: id, run: lost.runId, host: hostId } });
    await wakeWaiting(transaction, place.workspace, lost);
    await stampRun(needs, transaction, lost.runId);
  }
  await stampCard(needs, transaction, step, 'approval');
  return lingering.length;
}

const hostsOf = ({ hostId, fanOut }: Step): readonly HostId[] =>
  fanOut === null ? [hostId] : fanOut.targets.map((target) => target.hostId);
