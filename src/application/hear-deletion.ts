import type { PostId } from '#domain/ids.ts';
import type { Incident } from '#domain/incident.ts';
import type { MessageDeleted } from '#domain/intent.ts';
import { deletedCard, deletedNote } from '#domain/wording/deleted-card.ts';
import type { Transaction } from '#ports/unit-of-work.ts';
import { closeCapture } from './capture-thread.ts';
import type { Core } from './core.ts';

type Needs = Pick<Core, 'unitOfWork' | 'ids' | 'clock'>;

/**
 * A message is gone. With the question of a thread, its answers are closed and its words forgotten, unless one of them
 * is in use: then the work goes on and only says so. Any other message that was not answered never will be.
 */
export function createHearDeletion({ unitOfWork, ids, clock }: Needs) {
  return (gone: MessageDeleted): Promise<void> =>
    unitOfWork.within(gone.place.workspace, async (transaction) => {
      const { incidents, recommendations } = transaction;
      const deletion = { gone, ids, at: gone.at ?? clock.now() };
      await claim(transaction, deletion, gone.id, ids.next());
      const opened = await incidents.inThread(gone.place.channel, gone.id);
      const incident = opened && (await incidents.lock(opened.id));
      if (!incident || incident.state === 'dismissed') return;
      const shown = await recommendations.inIncident(incident.id);
      const isInUse = shown.some(({ state }) => state === 'chosen');
      if (isInUse) await noteOnce(transaction, deletion, incident);
      else await dismiss(transaction, incident, gone.speaker.externalId);
    });
}

interface Deletion {
  readonly gone: MessageDeleted;
  readonly ids: Core['ids'];
  readonly at: number;
}

function claim(
  { answers }: Transaction,
  { gone, at }: Deletion,
  message: string,
  postId: PostId,
): Promise<boolean> {
  return answers.claim({ channel: gone.place.channel, message, postId, textAt: at, incidentId: null });
}

async function noteOnce(transaction: Transaction, deletion: Deletion, incident: Incident): Promise<void> {
  const note = deletion.ids.next<PostId>();
  // Under a name that no message has.
  if (await claim(transaction, deletion, `${deletion.gone.id}/deleted`, note))
    await transaction.outbox.post(note, incident, deletedNote(), 'answer');
}

async function dismiss(transaction: Transaction, incident: Incident, actor: string): Promise<void> {
  const { answers, audit, incidents, outbox, recommendations } = transaction;
  const posts = [
    ...(await answers.inIncident(incident.id)),
    ...(await recommendations.inIncident(incident.id)),
  ];
  for (const id of new Set(posts.map(({ postId }) => postId)))
    await outbox.revise(id, deletedCard(), 'answer');
  await closeCapture(transaction, incident, { kind: 'forgotten' });
  await incidents.restate(incident.id, { problem: '', context: {}, statedBy: null });
  await incidents.setState(incident.id, 'dismissed');
  await audit.append({ actor, event: 'incident.dismissed', details: { incident: incident.id } });
}
