import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { Fault } from '#domain/fault.ts';
import type { TicketOrder, TicketSystem } from '#ports/ticket-system.ts';
import { type Asked, askSystem, refuse } from './ask-system.ts';

export interface OpsgenieOptions {
  readonly url: string;
  readonly key: string;
  /** The name of the escalation that an alert is handed to; null where it is not asked to escalate. */
  readonly escalation: string | null;
}

const taken = z.looseObject({ requestId: z.string() });
const processed = z.looseObject({
  data: z.looseObject({ isSuccess: z.boolean(), status: z.string().default('') }),
});

/** Opsgenie takes a request before it looks at it: it is asked a few times what became of it. */
const looks = 5;
const betweenMs = 400;

/**
 * Alerts of Opsgenie. Source: https://docs.opsgenie.com/docs/alert-api and
 * https://docs.opsgenie.com/docs/alert-api-continued. A note has no key and cannot be told from another one.
 */
export function createOpsgenieTickets({ url, key, escalation }: OpsgenieOptions): TicketSystem {
  const asked: Asked = {
    name: 'Opsgenie',
    url,
    headers: { authorization: `GenieKey ${key}` },
    settings: 'OPSGENIE_API_KEY and OPSGENIE_API_URL',
  };
  return {
    source: 'opsgenie',
    name: asked.name,
    actions: {
      acknowledge: 'repeatable',
      comment: 'once',
      resolve: 'repeatable',
      ...(escalation !== null && { escalate: 'once' as const }),
    },
    act: async (order, signal) => {
      const alert = `/v2/alerts/${encodeURIComponent(order.ticket.key)}`;
      const path = `${alert}/${parts[order.action]}?identifierType=id`;
      const answer = await askSystem(
        asked,
        { method: 'POST', path, body: bodyFor(order, escalation) },
        signal,
      );
      const read = taken.safeParse(answer);
      if (read.success) await followRequest(asked, read.data.requestId, signal);
    },
    silencing: null,
    check: async (signal) => {
      await askSystem(asked, { method: 'GET', path: '/v2/alerts/count' }, signal);
    },
  };
}

const parts = {
  acknowledge: 'acknowledge',
  comment: 'notes',
  resolve: 'close',
  escalate: 'escalate',
  silence: 'snooze',
} as const satisfies Record<TicketOrder['action'], string>;

const bodyFor = ({ note, action }: TicketOrder, escalation: string | null): object => ({
  source: 'Recourse',
  note,
  ...(action === 'escalate' && { escalation: { name: escalation } }),
});

/** One that is not looked at for so long was taken; its thread says nothing more of it. */
async function followRequest(asked: Asked, requestId: string, signal: AbortSignal): Promise<void> {
  const path = `/v2/alerts/requests/${encodeURIComponent(requestId)}`;
  for (let look = 0; look < looks; look += 1) {
    const answer = await lookAt(asked, path, signal);
    const read = processed.safeParse(answer);
    if (read.success && read.data.data.isSuccess) return;
    if (read.success) throw refuse(asked, `says: ${read.data.data.status}`);
    await sleep(betweenMs);
  }
}

/** Undefined while it is not processed, or when that cannot be learnt: it was taken all the same. */
async function lookAt(asked: Asked, path: string, signal: AbortSignal): Promise<unknown> {
  try {
    return await askSystem(asked, { method: 'GET', path }, signal);
  } catch (error) {
    if (error instanceof Fault) return undefined;
    throw error;
  }
}
