import { turnOfMessage } from '#domain/automatic-capture/turn-of-message.ts';
import type { MessagePosted } from '#domain/intent.ts';
import type { Transaction } from '#ports/unit-of-work.ts';
import { beginCapture, settleCapture, unsettleCapture } from './capture-thread.ts';
import type { Core } from './core.ts';

type Needs = Pick<Core, 'unitOfWork' | 'ids' | 'settings'>;

/** Reads along in threads of channels that opted in: whether a problem is over, or back, or talked about. */
export function createFollowThread(needs: Needs) {
  return async (message: MessagePosted): Promise<void> => {
    const { thread, workspace } = message.place;
    if (thread === null || message.alert) return;
    await needs.unitOfWork.within(workspace, (transaction) => follow(needs, transaction, message, thread));
  };
}

async function follow(
  needs: Needs,
  transaction: Transaction,
  { place, text, speaker }: MessagePosted,
  thread: string,
): Promise<void> {
  const incident = await transaction.incidents.inThread(place.channel, thread);
  if (!incident || incident.state === 'dismissed') return;
  if (!(await beginCapture(needs, transaction, incident))) return;
  const turn = turnOfMessage(text, speaker.standing === 'bot');
  if (turn === 'over') await settleCapture(needs, transaction, incident, 'words');
  else if (turn === 'back') await unsettleCapture(transaction, incident);
  else await transaction.captures.putOff(incident.id, needs.settings.capture);
}
