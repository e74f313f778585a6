import { hasRole, type Role } from '#domain/person.ts';
import { type FreezeRequest, readFreezeRequest } from '#domain/policy/freeze-request.ts';
import type { Reply } from '#domain/reply.ts';
import { freezeCard, frozenNotice, liftedNotice } from '#domain/wording/freeze-card.ts';
import { notice } from '#domain/wording/notices.ts';
import type { Transaction } from '#ports/unit-of-work.ts';
import type { Core } from './core.ts';
import type { Asking } from './set-role.ts';

/** Stopping is for everybody who may act, going on for those who answer for changes. */
const rolesFor = { set: 'responder', lift: 'approver' } as const satisfies Partial<
  Record<FreezeRequest['kind'], Role>
>;

/**
 * `freeze …`: shows what is frozen, and stops or allows all changes of the workspace from the commit on: nothing that
 * changes a host is approved, and what was approved but not sent is refused. Returns what the person alone is shown.
 */
export async function setFreeze(
  { ids }: Pick<Core, 'ids'>,
  transaction: Transaction,
  { place, person }: Asking,
  text: string,
): Promise<Reply> {
  const request = readFreezeRequest(text);
  switch (request.kind) {
    case 'show':
      return freezeCard(await transaction.freezes.current());
    case 'wrong':
      return notice(request.why);
    case 'set':
    case 'lift':
      break;
  }
  const needed = rolesFor[request.kind];
  if (!hasRole(person.role, needed)) return notice(`This needs the role ${needed} or higher.`);
  const told = await change(transaction, person, request);
  if (!told) return notice('Nothing was frozen here.');
  await transaction.outbox.post(ids.next(), place, told, 'approval');
  return freezeCard(await transaction.freezes.current());
}

async function change(
  { freezes, audit }: Transaction,
  { externalId: actor, name }: Asking['person'],
  request: Extract<FreezeRequest, { kind: 'set' | 'lift' }>,
): Promise<Reply | undefined> {
  if (request.kind === 'lift') {
    if (!(await freezes.lift())) return undefined;
    await audit.append({ actor, event: 'freeze.lifted', details: {} });
    return liftedNotice(name);
  }
  const freeze = await freezes.set(request.reason, actor, request.forMs);
  await audit.append({ actor, event: 'freeze.set', details: { reason: freeze.reason, until: freeze.until } });
  return frozenNotice(name, freeze);
}
