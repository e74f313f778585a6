import { z } from 'zod';
import { type Asked, askSystem, refuse } from './ask-system.ts';

const reference = z.looseObject({ id: z.string() });
const incidents = z.looseObject({
  incident: z.looseObject({
    status: z.string(),
    assignments: z.array(z.looseObject({ assignee: reference })).default([]),
    escalation_policy: reference,
  }),
});
const onCalls = z.looseObject({
  oncalls: z.array(z.looseObject({ escalation_level: z.number(), user: reference })),
  more: z.boolean().nullish(),
});
type OnCall = z.output<typeof onCalls>['oncalls'][number];

const pageSize = 100;
const mostPages = 10;

/**
 * The level that an incident of PagerDuty is to be escalated to: the lowest one above those who have it now that calls somebody
 * else. PagerDuty does not tell the level of an incident, but who has it, and who is on call at which level of its policy; where
 * whoever has it is not on call there any more, it is the first level that calls somebody else. Source:
 * https://developer.pagerduty.com/api-reference/005299ed43553-get-an-incident,
 * https://developer.pagerduty.com/api-reference/3a6b910f11050-list-all-of-the-on-calls.
 */
export async function findNextLevel(asked: Asked, path: string, signal: AbortSignal): Promise<number> {
  const read = incidents.safeParse(await askSystem(asked, { method: 'GET', path }, signal));
  if (!read.success) throw refuse(asked, 'answers with something that is no incident');
  const { status, assignments, escalation_policy: policy } = read.data.incident;
  if (status === 'resolved') throw refuse(asked, 'has this incident resolved already');
  const have = new Set(assignments.map(({ assignee }) => assignee.id));
  const calling = await readOnCalls(asked, policy.id, signal);
  const current = Math.min(...levelsOf(calling.filter(({ user }) => have.has(user.id))));
  const isAbove = (level: number) => !Number.isFinite(current) || level > current;
  const others = levelsOf(calling.filter(({ user }) => !have.has(user.id))).filter(isAbove);
  if (others.length > 0) return Math.min(...others);
  const where = Number.isFinite(current) ? `above level ${current} of` : 'in';
  throw refuse(asked, `has nobody else on call ${where} its escalation policy`);
}

const levelsOf = (calling: readonly OnCall[]): readonly number[] =>
  calling.map(({ escalation_level: level }) => level);

/** Who is on call now. */
async function readOnCalls(asked: Asked, policy: string, signal: AbortSignal): Promise<readonly OnCall[]> {
  const found: OnCall[] = [];
  for (let page = 0; page < mostPages; page += 1) {
    const query = `escalation_policy_ids[]=${encodeURIComponent(policy)}&limit=${pageSize}&offset=${page * pageSize}`;
    const answer = await askSystem(asked, { method: 'GET', path: `/oncalls?${query}` }, signal);
    const read = onCalls.safeParse(answer);
    if (!read.success) throw refuse(asked, 'answers with something that is no list of who is on call');
    found.push(...read.data.oncalls);
    if (!read.data.more) break;
  }
  return found;
}
