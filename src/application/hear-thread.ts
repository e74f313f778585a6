import { setTimeout as sleep } from 'node:timers/promises';
import type { Place, Speaker } from '#domain/intent.ts';
import { hasRole } from '#domain/person.ts';
import type { SaidThread } from '#ports/said-thread.ts';
import type { Transaction } from '#ports/unit-of-work.ts';
import type { Core } from './core.ts';
import { meetSpeaker } from './meet-speaker.ts';

/**
 * How long a form waits for the thread. Platforms give three seconds from the press to the form, of which the way here,
 * the database and the way back take their part.
 */
const patienceMs = 1_000;

/** What a thread says; `unasked` where nothing is to be drafted from it, `unread` where it could not be had in time. */
export type Told = SaidThread | 'unasked' | 'unread';

interface Asked {
  readonly place: Place;
  readonly speaker: Speaker;
}

type Needs = Pick<Core, 'unitOfWork' | 'readThread' | 'logger'>;

/** Reads a thread for the form that makes a case of it, outside of any transaction and never for long. */
export async function hearThread(needs: Needs, asked: Asked, thread: string): Promise<Told> {
  const { workspace } = asked.place;
  const isWanted = await needs.unitOfWork.within(workspace, (one) => wantsThread(one, asked, thread));
  if (!isWanted) return 'unasked';
  const giveUp = new AbortController();
  try {
    const reading = needs.readThread({ ...asked.place, thread }, giveUp.signal);
    const told = await Promise.race([reading, sleep(patienceMs, undefined, { signal: giveUp.signal })]);
    return told ?? 'unread';
  } catch (error) {
    needs.logger.warn({ error, channel: asked.place.channel }, 'a thread could not be read for its case');
    return 'unread';
  } finally {
    giveUp.abort();
  }
}

/** Who may not save it learns so without that the platform is asked, and a draft that waits is edited as it stands. */
async function wantsThread(transaction: Transaction, asked: Asked, thread: string): Promise<boolean> {
  const person = await meetSpeaker(transaction, asked);
  if (!hasRole(person.role, 'responder')) return false;
  const incident = await transaction.incidents.inThread(asked.place.channel, thread);
  if (!incident) return true;
  return (await transaction.captures.waiting(incident.id)) === undefined;
}
