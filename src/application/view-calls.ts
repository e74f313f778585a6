import type { AlertIncidentId } from '#domain/ids.ts';
import type { ShownCall } from '#domain/wording/call-field.ts';
import { whomLine } from '#domain/wording/escalation-card.ts';
import type { NextCall } from '#ports/stores/alert-escalation-store.ts';
import type { Transaction } from '#ports/unit-of-work.ts';
import { calledPeople } from './called-people.ts';
import type { Core } from './core.ts';
import { escalationNamed, isEscalating } from './escalation-places.ts';

/** What the card of an incident tells of who is called for it. */
export async function viewCalls(
  { settings }: Pick<Core, 'settings'>,
  transaction: Transaction,
  incident: AlertIncidentId,
): Promise<readonly ShownCall[]> {
  if (!isEscalating(settings)) return [];
  const shown: ShownCall[] = [];
  for (const call of await transaction.alertEscalations.calls(incident))
    shown.push(...(await viewCall(settings, transaction, call)));
  return shown;
}

async function viewCall(
  settings: Core['settings'],
  transaction: Transaction,
  { name, level: number, isAnswered, answeredBy, at }: NextCall,
): Promise<readonly ShownCall[]> {
  if (isAnswered && answeredBy === null) return [{ kind: 'acknowledged' }];
  if (answeredBy) {
    const person = await transaction.people.find(answeredBy);
    return [{ kind: 'taken', by: person?.name ?? 'somebody' }];
  }
  const escalation = escalationNamed(settings, name);
  if (!escalation) return [];
  const level = escalation.levels[number];
  if (!level || at === null) return [{ kind: 'nobody-left' }];
  const names = (await calledPeople(transaction, level.people)).map((person) => person.name);
  return [{ kind: 'next', whom: whomLine(names, level.channel), at }];
}
