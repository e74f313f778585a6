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
import type { Shown } from '#ports/stores/visibility-store.ts';
import type { Transaction } from '#ports/unit-of-work.ts';

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

/** Notes for whom the case of an incident is; of one that was there already only who may say so changes it. */
export async function keepAudience(
  transaction: Transaction,
  incident: Pick<Incident, 'channel'>,
  { slug, isNew }: { readonly slug: string; readonly isNew: boolean },
  { person, open, chosen }: Saving,
): Promise<Audience | undefined> {
  const { visibility } = transaction;
  const place = await readSavingPlace(transaction, { channel: incident.channel, open });
  const shown = await visibility.of(slug);
  if (!shown || (!isNew && (chosen === undefined || chosen === shown.visibility))) return shown;
  if (!isNew && !mayChangeAudience(person, shown)) return shown;
  const audience = audienceOf(chosen ?? defaultVisibility(place), place);
  await visibility.set(shown.id, audience);
  if (!isNew) await noteChange(transaction, { slug, by: person.externalId, from: shown, to: audience });
  return audience;
}

/** Who is shown what is for others to look up. */
export async function noteChange(
  { audit }: Pick<Transaction, 'audit'>,
  {
    slug,
    by,
    from,
    to,
  }: { readonly slug: string; readonly by: string; readonly from: Shown; readonly to: Audience },
): Promise<void> {
  await audit.append({
    actor: by,
    event: 'visibility.set',
    details: { solution: from.id, slug, before: from.visibility, ...to },
  });
}
