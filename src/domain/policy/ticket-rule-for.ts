import type { AlertSource } from '../alert/alert.ts';
import { fitsPattern } from '../text/fits-pattern.ts';
import type { Policy, TicketRule } from './policy.ts';

export interface TicketQuestion {
  readonly source: AlertSource;
  /** The platform's id; null where there is none. */
  readonly channel: string | null;
  /** The slug of the runbook; null where there is none. */
  readonly runbook: string | null;
}

/** The rule by which a ticket is told or resolved without a person; undefined where none is, which is the default. */
export const ticketRuleFor = (
  { tickets }: Pick<Policy, 'tickets'>,
  { source, channel, runbook }: TicketQuestion,
): TicketRule | undefined =>
  tickets.find(
    ({ systems, channels, runbooks }) =>
      fitsOne(channels, channel) &&
      fitsOne(runbooks, runbook) &&
      (systems?.some((one) => one === source) ?? true),
  );

const fitsOne = (patterns: readonly string[] | undefined, name: string | null): boolean =>
  patterns === undefined || (name !== null && patterns.some((pattern) => fitsPattern(name, pattern)));
