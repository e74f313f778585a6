import type { TicketAction } from './ticket.ts';

/** How systems say that a ticket is already what it was asked to be; only these actions name a state. */
const settled: Readonly<Partial<Record<TicketAction, RegExp>>> = {
  acknowledge: saysAlready('acknowledged|acked'),
  resolve: saysAlready('resolved|closed'),
};

/** "is already closed", "has already been resolved", "already in the state resolved", "resolved already". */
function saysAlready(states: string): RegExp {
  const before = `(?<!\\bnot\\s)\\balready(?:\\s+[\\w-]+){0,3}?\\s+["']?(?:${states})\\b`;
  return new RegExp(`${before}|(?<!\\bnot\\s)\\b(?:${states})\\s+already\\b`, 'iu');
}

/**
 * Whether the words in which a system refuses an action say that it is done already: somebody did it there, or an answer was
 * lost. What the status of such an answer is differs between systems, and is documented by few.
 */
export const saysSettled = (action: TicketAction, reason: string): boolean =>
  settled[action]?.test(reason) ?? false;
