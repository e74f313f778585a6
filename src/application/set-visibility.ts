import { hasRole } from '#domain/person.ts';
import type { Reply } from '#domain/reply.ts';
import { mayChangeAudience } from '#domain/visibility/may-change-audience.ts';
import { audienceOf, choosable, type Visibility } from '#domain/visibility/visibility.ts';
import { readVisibilityRequest, type VisibilityRequest } from '#domain/visibility/visibility-request.ts';
import { notice } from '#domain/wording/notices.ts';
import { audienceNotice, noTeamSentence, notYours, savingCard } from '#domain/wording/visibility-text.ts';
import type { Shown } from '#ports/stores/visibility-store.ts';
import type { Transaction } from '#ports/unit-of-work.ts';
import { changeAudience } from './change-audience.ts';
import type { Core } from './core.ts';
import { sees } from './hidden-from.ts';
import { readSavingPlace, usualAudience } from './keep-audience.ts';
import type { Asking } from './set-role.ts';

type Settings = Pick<Core['settings'], 'policy'>;

/**
 * `visibility …`: shows for whom cases are that are saved in this channel, or one solution is, and lets those who may change
 * it. Returns what the person alone is shown once the transaction has committed.
 */
export async function setVisibility(
  settings: Settings,
  transaction: Transaction,
  asking: Asking,
  text: string,
): Promise<Reply> {
  const request = readVisibilityRequest(text);
  switch (request.kind) {
    case 'wrong':
      return notice(request.why);
    case 'here':
      return showSaving(transaction, asking);
    case 'new':
    case 'team':
      return setHere(transaction, asking, request);
    case 'of':
    case 'set':
      return ofSolution(settings, transaction, asking, request);
    default:
      return request satisfies never;
  }
}

async function showSaving(transaction: Transaction, { place }: Asking): Promise<Reply> {
  const saving = await readSavingPlace(transaction, place);
  return savingCard(saving, usualAudience(saving));
}

async function setHere(
  transaction: Transaction,
  asking: Asking,
  { kind: _, ...changes }: Extract<VisibilityRequest, { kind: 'new' | 'team' }>,
): Promise<Reply> {
  const { channels, audit } = transaction;
  const { channel, direct } = asking.place;
  if (direct) return notice('A conversation with me alone is of no team, and nobody else reads it.');
  if (!hasRole(asking.person.role, 'admin'))
    return notice('What counts for the cases of a channel is set by an administrator.');
  const { team } = await channels.settings(channel);
  if ('visibility' in changes && changes.visibility === 'team' && team === null)
    return notice(noTeamSentence);
  await channels.set(channel, changes);
  await audit.append({
    actor: asking.person.externalId,
    event: 'channel.visibility-set',
    details: { channel, ...changes },
  });
  return showSaving(transaction, asking);
}

async function ofSolution(
  settings: Settings,
  transaction: Transaction,
  asking: Asking,
  request: Extract<VisibilityRequest, { kind: 'of' | 'set' }>,
): Promise<Reply> {
  const { channel } = asking.place;
  const looking = { role: asking.person.role, channel };
  const shown = await transaction.visibility.of(request.slug);
  if (!shown || !(await sees(settings, transaction, looking, request.slug)))
    return notice(`Nothing of the name ${request.slug} is shown here.`);
  if (request.kind === 'of') return audienceNotice(request.slug, shown, channel);
  if (!mayChangeAudience(asking.person, shown)) return notice(notYours(shown.kind));
  return change(transaction, asking, { ...request, shown });
}

async function change(
  transaction: Transaction,
  { place, person }: Asking,
  {
    slug,
    visibility,
    shown,
  }: { readonly slug: string; readonly visibility: Visibility; readonly shown: Shown },
): Promise<Reply> {
  // What came from no channel belongs to the one in which somebody says so.
  const channel = shown.channel ?? place.channel;
  const { team } = await transaction.channels.settings(channel);
  if (!choosable({ channel, team }).includes(visibility)) return notice(noTeamSentence);
  const audience = audienceOf(visibility, { channel, team });
  const by = person.externalId;
  const runbook = await changeAudience(transaction, { slug, by, from: shown, to: audience });
  return audienceNotice(slug, audience, place.channel, runbook);
}
