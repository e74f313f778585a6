import { z } from 'zod';
import type { TicketOrder, TicketSystem } from '#ports/ticket-system.ts';
import { type Asked, askSystem, type Call } from './ask-system.ts';
import { findNextLevel } from './find-next-level.ts';

export interface PagerDutyOptions {
  readonly url: string;
  readonly token: string;
  /** The mail address of the user in whose name it is asked. */
  readonly from: string;
}

const notes = z.looseObject({ notes: z.array(z.looseObject({ content: z.string() })) });

/**
 * Incidents of PagerDuty, by its REST API. Source:
 * https://developer.pagerduty.com/api-reference/8a0e1aa2ec666-update-an-incident,
 * https://developer.pagerduty.com/api-reference/a1ac30885eb7a-create-a-note-on-an-incident. A note has no key, so the mark in
 * it tells one that is there already; a status names what it shall be. To escalate again would call one level more.
 */
export function createPagerDutyTickets({ url, token, from }: PagerDutyOptions): TicketSystem {
  const asked: Asked = {
    name: 'PagerDuty',
    url,
    headers: {
      authorization: `Token token=${token}`,
      accept: 'application/vnd.pagerduty+json;version=2',
      from,
    },
    settings: 'PAGERDUTY_API_TOKEN, PAGERDUTY_API_FROM and PAGERDUTY_API_URL',
  };
  return {
    source: 'pagerduty',
    name: asked.name,
    actions: {
      acknowledge: 'repeatable',
      comment: 'repeatable',
      resolve: 'repeatable',
      escalate: 'once',
    },
    act: async (order, signal) => {
      if (order.action === 'comment' && order.isRepeated && (await isSaid(asked, order, signal))) return;
      const call =
        order.action === 'escalate'
          ? changeOf(order, { escalation_level: await findNextLevel(asked, pathOf(order), signal) })
          : callFor(order);
      await askSystem(asked, call, signal);
    },
    silencing: null,
    check: async (signal) => {
      await askSystem(asked, { method: 'GET', path: '/abilities' }, signal);
    },
  };
}

const pathOf = ({ ticket }: TicketOrder): string => `/incidents/${encodeURIComponent(ticket.key)}`;

const textOf = ({ note, id }: TicketOrder): string => `${note} [recourse ${id}]`;

function callFor(order: TicketOrder): Call {
  if (order.action === 'comment')
    return { method: 'POST', path: `${pathOf(order)}/notes`, body: { note: { content: textOf(order) } } };
  return changeOf(order, { status: order.action === 'resolve' ? 'resolved' : 'acknowledged' });
}

const changeOf = (order: TicketOrder, change: object): Call => ({
  method: 'PUT',
  path: pathOf(order),
  body: { incident: { type: 'incident_reference', ...change } },
});

async function isSaid(asked: Asked, order: TicketOrder, signal: AbortSignal): Promise<boolean> {
  const answer = await askSystem(asked, { method: 'GET', path: `${pathOf(order)}/notes` }, signal);
  const read = notes.safeParse(answer);
  return read.success && read.data.notes.some(({ content }) => content === textOf(order));
}
