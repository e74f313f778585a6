import type { AlertIncidentId } from '#domain/ids.ts';
import type { Button, Reply } from '#domain/reply.ts';
import { settledCard } from '#domain/wording/escalation-card.ts';
import type { Transaction } from '#ports/unit-of-work.ts';

/** Takes the button from all cards that called somebody, and says on them how that ended; true when there was any. */
export async function settleCards(
  { alertEscalations, outbox }: Transaction,
  incident: AlertIncidentId,
  how: string,
): Promise<boolean> {
  let found = false;
  for (const postId of await alertEscalations.posts(incident)) {
    const post = await outbox.find(postId);
    if (!post || !isOpen(post.reply)) continue;
    await outbox.revise(postId, settledCard(post.reply, how), 'answer');
    found = true;
  }
  return found;
}

/** One that was settled says for good how that was. */
const isOpen = ({ blocks }: Reply): boolean =>
  blocks.some((block) => block.kind === 'buttons' && block.buttons.some(takes));

const takes = ({ action }: Button): boolean => action.verb === 'take';
