import { z } from 'zod';
import type { TicketOrder, TicketSystem } from '#ports/ticket-system.ts';
import { type Asked, askSystem, refuse } from './ask-system.ts';

export interface ServiceNowOptions {
  readonly url: string;
  readonly user: string;
  readonly password: string;
  /** What this instance calls a solved incident. */
  readonly closeCode: string;
}

const table = '/api/now/table/incident';
const found = z.looseObject({ result: z.array(z.looseObject({ sys_id: z.string() })) });

/**
 * Incidents of ServiceNow, by its Table API. Source:
 * https://www.servicenow.com/docs/r/api-reference/rest-apis/c_TableAPI.html. Work notes have no key and are not read back.
 */
export function createServiceNowTickets(options: ServiceNowOptions): TicketSystem {
  const { url, user, password } = options;
  const login = Buffer.from(`${user}:${password}`).toString('base64');
  const asked: Asked = {
    name: 'ServiceNow',
    url,
    headers: { authorization: `Basic ${login}` },
    settings: 'SERVICENOW_URL, SERVICENOW_USER and SERVICENOW_PASSWORD',
  };
  return {
    source: 'servicenow',
    name: asked.name,
    actions: { acknowledge: 'repeatable', comment: 'once', resolve: 'repeatable', escalate: 'repeatable' },
    act: async (order, signal) => {
      const path = `${table}/${await findRecord(asked, order, signal)}`;
      await askSystem(asked, { method: 'PATCH', path, body: changeFor(order, options) }, signal);
    },
    silencing: null,
    check: async (signal) => {
      await askSystem(
        asked,
        { method: 'GET', path: `${table}?sysparm_limit=1&sysparm_fields=sys_id` },
        signal,
      );
    },
  };
}

/** The states of the incident table: 2 In Progress, 6 Resolved. Impact and urgency make its priority. */
function changeFor({ action, note }: TicketOrder, { closeCode }: ServiceNowOptions): object {
  switch (action) {
    case 'comment':
      return { work_notes: note };
    case 'resolve':
      return { state: '6', close_code: closeCode, close_notes: note };
    case 'escalate':
      return { impact: '1', urgency: '1' };
    default:
      return { state: '2' };
  }
}

/** A payload may have had the number alone; the record is changed by its own id. */
async function findRecord(asked: Asked, { ticket }: TicketOrder, signal: AbortSignal): Promise<string> {
  if (/^[0-9a-f]{32}$/.test(ticket.key)) return ticket.key;
  // What stands in a query could ask for other records.
  if (!/^[A-Za-z0-9]+$/.test(ticket.key)) throw refuse(asked, `has no incident of the number ${ticket.key}`);
  const path = `${table}?sysparm_query=number=${ticket.key}&sysparm_fields=sys_id&sysparm_limit=2`;
  const read = found.safeParse(await askSystem(asked, { method: 'GET', path }, signal));
  const [record, another] = read.success ? read.data.result : [];
  if (!record || another) throw refuse(asked, `has no incident of the number ${ticket.key}`);
  return record.sys_id;
}
