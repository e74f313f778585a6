import type { Person } from '#domain/person.ts';
import type { Reply } from '#domain/reply.ts';
import { notice } from '#domain/wording/notices.ts';
import { thanksSentence, wrongThanks } from '#domain/wording/thanks-card.ts';
import type { Transaction } from '#ports/unit-of-work.ts';

/** `thanks`, `thanks on`, `thanks off`: whether this person is told that a case of theirs helped. */
export async function setThanks(
  { people, audit }: Pick<Transaction, 'people' | 'audit'>,
  { id, externalId }: Person,
  text: string,
): Promise<Reply> {
  const word = text.toLowerCase();
  if (word !== '' && word !== 'on' && word !== 'off') return notice(wrongThanks(text));
  if (word !== '') {
    await people.setThanks(id, word === 'on');
    await audit.append({ actor: externalId, event: 'thanks.set', details: { thanks: word } });
  }
  return notice(thanksSentence((await people.thankable(externalId)) !== undefined));
}
