import type { Alert } from '../alert/alert.ts';
import type { TicketRule } from '../policy/policy.ts';
import type { TicketAbilities, TicketRequest } from './ticket.ts';

/** One thing that a rule asks of one ticket. */
export type RuledRequest = Pick<TicketRequest, 'source' | 'ticket' | 'action'>;

/**
 * What a rule asks of the tickets of alerts, what is said before what resolves. Nothing that its system cannot do, that is
 * resolved already, or that somebody asked for since `since` (ms since the epoch): one comment of the policy for each change.
 */
export function settledByPolicy(
  rule: TicketRule,
  alerts: readonly Alert[],
  systems: readonly TicketAbilities[],
  { requests, since }: { readonly requests: readonly TicketRequest[]; readonly since: number },
): readonly RuledRequest[] {
  const asked = requests.filter(({ askedAt }) => askedAt >= since);
  return alerts.flatMap(({ source, ticket, state }) => {
    const actions = systems.find((system) => system.source === source)?.actions;
    if (!ticket) return [];
    const isAsked = (wanted: RuledRequest['action']) =>
      asked.some(
        ({ source: of, ticket: { key }, action, by, state: became }) =>
          of === source &&
          key === ticket.key &&
          action === wanted &&
          (by === null || (wanted === 'resolve' && (became === 'waiting' || became === 'done'))),
      );
    return (['comment', 'resolve'] as const)
      .filter(
        (action) => rule.actions.includes(action) && actions?.[action] !== undefined && !isAsked(action),
      )
      .filter((action) => action === 'comment' || state !== 'resolved')
      .map((action) => ({ source, ticket, action }));
  });
}
