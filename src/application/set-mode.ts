import { type ModeRequest, readModeRequest } from '#domain/hearing/mode-request.ts';
import type { Place } from '#domain/intent.ts';
import { hasRole, type Person } from '#domain/person.ts';
import type { Reply } from '#domain/reply.ts';
import { modeCard } from '#domain/wording/mode-card.ts';
import { notice } from '#domain/wording/notices.ts';
import type { Transaction } from '#ports/unit-of-work.ts';
import type { Core } from './core.ts';
import { readMode } from './read-mode.ts';
import type { Asking } from './set-role.ts';

/**
 * `mode …`: shows anybody what counts in this channel, and lets an administrator change it, in force for whatever is
 * handled after the transaction has committed. Returns what the person alone is to be shown then.
 */
export async function setMode(
  settings: Core['settings'],
  transaction: Transaction,
  { place, person }: Asking,
  text: string,
): Promise<Reply> {
  const request = readModeRequest(text);
  const refusal = refuse(person, place, request);
  if (refusal !== undefined) return notice(refusal);
  if (request.kind === 'set') await change(transaction, person.externalId, place.channel, request);
  const { isDefault, ...inForce } = await readMode(transaction, settings, place);
  return modeCard(inForce, isDefault);
}

function refuse(person: Person, place: Place, request: ModeRequest): string | undefined {
  if (place.direct) return 'In a conversation with me alone I answer whatever is said.';
  if (request.kind === 'wrong') return request.why;
  return request.kind === 'set' && !hasRole(person.role, 'admin')
    ? 'Changing the mode of a channel needs the role admin.'
    : undefined;
}

async function change(
  { channels, audit }: Transaction,
  actor: string,
  channel: string,
  { kind: _, ...changes }: Extract<ModeRequest, { kind: 'set' }>,
): Promise<void> {
  await channels.set(channel, changes);
  await audit.append({ actor, event: 'channel.mode-set', details: { channel, ...changes } });
}
