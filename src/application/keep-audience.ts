import type { Incident } from '#domain/incident.ts';
import type { Place } from '#domain/intent.ts';
import type { Person } from '#domain/person.ts';
import { mayChangeAudience } from '#domain/visibility/may-change-audience.ts';
import {
  type Audience,
  audienceOf,
  defaultVisibility,
  type SavingPlace,
  type Visibility,
} from '#domain/visibility/visibility.ts';
import type { Transaction } from '#ports/unit-of-work.ts';
import { changeAudience, type RunbookOfCase } from './change-audience.ts';

/** What a channel says of the cases that are saved there. */
export async function readSavingPlace(
  { channels }: Pick<Transaction, 'channels'>,
  { channel, open }: Pick<Place, 'channel' | 'open'>,
): Promise<SavingPlace> {
  const { team, visibility } = await channels.settings(channel);
  return { channel, team, set: visibility, open };
}

/** For whom a case is that is saved here without a word about it. */
export const usualAudience = (place: SavingPlace): Audience => audienceOf(defaultVisibility(place), place);

/** Who saves a case, where, and what they chose; undefined where the form did not ask. */
export interface Saving {
  readonly person: Person;
  readonly open: boolean | undefined;
  readonly chosen: Visibility | undefined;
}

/** For whom a case is, and what became of a runbook of it where that was narrowed. */
export interface KeptAudience {
  readonly audience: Audience | undefined;
  readonly runbook?: RunbookOfCase | undefined;
}

/** Notes for whom the case of an incident is; of one that was there already only who may say so changes it. */
export async function keepAudience(
  transaction: Transaction,
  incident: Pick<Incident, 'channel'>,
  { slug, isNew }: { readonly slug: string; readonly isNew: boolean },
  { person, open, chosen }: Saving,
): Promise<KeptAudience> {
  const { visibility } = transaction;
  const place = await readSavingPlace(transaction, { channel: incident.channel, open });
  const shown = await visibility.of(slug);
  if (!shown || (!isNew && (chosen === undefined || chosen === shown.visibility))) return { audience: shown };
  if (!isNew && !mayChangeAudience(person, shown)) return { audience: shown };
  const audience = audienceOf(chosen ?? defaultVisibility(place), place);
  if (!isNew) {
    const change = { slug, by: person.externalId, from: shown, to: audience };
    return { audience, runbook: await changeAudience(transaction, change) };
  }
  await visibility.set(shown.id, audience);
  return { audience };
}
