import type { Reply } from '../reply.ts';
import type { Proof } from '../ticket/proof-of.ts';
import type { TicketAction } from '../ticket/ticket.ts';
import { oneLine } from './format.ts';

interface Named {
  readonly action: TicketAction;
  /** The ticket with its system, as in `Jira OPS-7`. */
  readonly ticket: string;
}

interface HelpedBy {
  readonly title: string;
  readonly proof: Proof;
}

const longestTitle = 120;
const longestName = 80;
const shownTickets = 5;

/** What a ticket is told. */
export const policyCommentText = (rule: string, helped: HelpedBy): string =>
  `Recourse, by policy rule "${oneLine(rule, longestName)}": ${reasonOf(helped)}`;

function reasonOf({ title, proof }: HelpedBy): string {
  const why = proof === 'alerts' ? 'its alerts were over after that' : 'its validation steps succeeded';
  return `the runbook "${oneLine(title, longestTitle)}" was run, and ${why}.`;
}

/** Says in the thread what nobody there has clicked. */
export function policyTicketsNote(rule: string, helped: HelpedBy, asked: readonly Named[]): Reply {
  const byAction = Map.groupBy(asked, ({ action }) => action);
  const wanted = [...byAction].map(([action, named]) => `${action} ${listOf(named)}`).join('; ');
  const name = oneLine(rule, longestName);
  return {
    summary: `By policy rule "${name}": ${wanted}`,
    tone: 'active',
    blocks: [
      { kind: 'text', line: ['By policy rule ', { kind: 'bold', text: name }, `: ${wanted}.`] },
      {
        kind: 'note',
        line: [`Because ${reasonOf(helped)} What becomes of it stands on the card of the alerts.`],
      },
    ],
  };
}

/** More tickets than a rule is trusted with at once. */
export function tooManyTicketsNote(rule: string, most: number): Reply {
  const summary = `Policy rule "${oneLine(rule, longestName)}" does nothing here: it would be for more than ${most} tickets`;
  return {
    summary,
    tone: 'waiting',
    blocks: [{ kind: 'text', line: [`${summary}. Do it in their systems themselves.`] }],
  };
}

/** Alerts are back after the policy had their tickets resolved. */
export function notReopenedNote(resolved: readonly Named[]): Reply {
  const summary = `The policy had ${listOf(resolved)} resolved, and Recourse reopens nothing outside`;
  return {
    summary,
    tone: 'waiting',
    blocks: [{ kind: 'text', line: [`${summary}. Reopen there what is to be open again.`] }],
  };
}

function listOf(all: readonly Named[]): string {
  const names = [...new Set(all.map(({ ticket }) => oneLine(ticket, longestName)))];
  const rest = names.length - shownTickets;
  return rest > 0
    ? `${names.slice(0, shownTickets).join(', ')} and ${rest} more`
    : names.join(', ').replace(/, (?=[^,]*$)/, ' and ');
}
