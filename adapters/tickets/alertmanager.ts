import { z } from 'zod';
import type { TicketOrder, TicketSystem } from '#ports/ticket-system.ts';
import { type Asked, askSystem, refuse } from './ask-system.ts';
import { createSilencingView } from './create-silencing-view.ts';

export interface AlertmanagerOptions {
  readonly url: string;
  /** Null where nothing before it asks for one. */
  readonly token: string | null;
}

const silences = z.array(
  z.looseObject({ comment: z.string(), status: z.looseObject({ state: z.string() }) }),
);

/**
 * Silences of Alertmanager: exactly the labels of the alert, for a while. Source:
 * https://github.com/prometheus/alertmanager/blob/main/api/v2/openapi.yaml. It has no key for a new silence, so the mark in
 * the comment tells one that is there already.
 */
export function createAlertmanagerTickets({ url, token }: AlertmanagerOptions): TicketSystem {
  const asked: Asked = {
    name: 'Alertmanager',
    url,
    headers: token === null ? {} : { authorization: `Bearer ${token}` },
    settings: 'ALERTMANAGER_API_URL and ALERTMANAGER_API_TOKEN',
  };
  return {
    source: 'alertmanager',
    name: asked.name,
    actions: { silence: 'repeatable' },
    act: async (order, signal) => {
      if (order.isRepeated && (await isSilenced(asked, order, signal))) return;
      await askSystem(
        asked,
        { method: 'POST', path: '/api/v2/silences', body: silenceOf(asked, order) },
        signal,
      );
    },
    silencing: createSilencingView(asked),
    check: async (signal) => {
      await askSystem(asked, { method: 'GET', path: '/api/v2/status' }, signal);
    },
  };
}

function silenceOf(asked: Asked, order: TicketOrder): object {
  const { ticket, note, forMs } = order;
  const labels = Object.entries(ticket.labels ?? {});
  // Without a label it would silence everything.
  if (labels.length === 0 || forMs === null) throw refuse(asked, 'was not asked: the alert has no labels');
  const now = Date.now();
  return {
    matchers: labels.map(([name, value]) => ({ name, value, isRegex: false, isEqual: true })),
    startsAt: new Date(now).toISOString(),
    endsAt: new Date(now + forMs).toISOString(),
    createdBy: 'Recourse',
    comment: `${note} ${markOf(order)}`,
  };
}

const markOf = ({ id }: TicketOrder): string => `[recourse ${id}]`;

async function isSilenced(asked: Asked, order: TicketOrder, signal: AbortSignal): Promise<boolean> {
  const [first] = Object.entries(order.ticket.labels ?? {});
  const filter = first ? `?filter=${encodeURIComponent(`${first[0]}=${JSON.stringify(first[1])}`)}` : '';
  const answer = await askSystem(asked, { method: 'GET', path: `/api/v2/silences${filter}` }, signal);
  const read = silences.safeParse(answer);
  if (!read.success) throw refuse(asked, 'answers with something that is no list of silences');
  return read.data.some(
    ({ comment, status }) => status.state !== 'expired' && comment.includes(markOf(order)),
  );
}
