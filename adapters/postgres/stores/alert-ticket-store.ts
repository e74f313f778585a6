import { sql } from 'drizzle-orm';
import type { Alert } from '#domain/alert/alert.ts';
import type { TicketRequest } from '#domain/ticket/ticket.ts';
import type { AlertTicketStore, ClaimedTicketRequest } from '#ports/stores/alert-ticket-store.ts';
import { readRows } from '../read-rows.ts';
import { alertTickets } from '../schema/alerts.ts';
import type { StoreScope } from '../unit-of-work.ts';

const ms = (column: string) => sql`(extract(epoch from ${sql.raw(column)}) * 1000)::float8`;

const columns = sql`t.id, t.incident_id as incident, t.source, t.ticket, t.action, t.note, t.for_ms as "forMs",
  t.person_id as by, ${ms('t.asked_at')} as "askedAt", t.state, t.reason, ${ms('t.settled_at')} as "settledAt", t.attempts`;

export function createAlertTicketStore(scope: StoreScope): AlertTicketStore {
  return { ...asking(scope), ...doing(scope) };
}

type Asking = 'alertsOf' | 'ask' | 'ofIncident';

function asking({ executor, workspace, ids }: StoreScope): Pick<AlertTicketStore, Asking> {
  return {
    alertsOf: async (incident, limit) =>
      (
        await readRows<{ alert: Alert }>(
          executor,
          sql`select alert from alert_states where incident_id = ${incident} and alert->'ticket' is not null
            order by rank, began_at, fingerprint limit ${limit}`,
        )
      ).map(({ alert }) => alert),
    ask: async (requests) => {
      if (requests.length === 0) return 0;
      const rows = requests.map(({ incident, by, ...rest }) => ({
        ...rest,
        id: ids.next<TicketRequest['id']>(),
        workspaceId: workspace,
        incidentId: incident,
        personId: by,
        key: rest.ticket.key,
      }));
      const added = await executor
        .insert(alertTickets)
        .values(rows)
        .onConflictDoNothing()
        .returning({ id: alertTickets.id });
      return added.length;
    },
    ofIncident: (incident, limit) =>
      readRows<TicketRequest>(
        executor,
        sql`select ${columns} from alert_tickets t where t.incident_id = ${incident} order by t.id desc limit ${limit}`,
      ),
  };
}

type Incident = Pick<TicketRequest, 'incident'>;
type Doing = 'claim' | 'settle' | 'postpone';

function doing({ executor }: StoreScope): Pick<AlertTicketStore, Doing> {
  return {
    claim: (limit, leaseMs) =>
      readRows<ClaimedTicketRequest>(
        executor,
        sql`
          with due as (
            select id, leased_until is not null as interrupted from alert_tickets
            where state = 'waiting' and due_at <= now() and (leased_until is null or leased_until <= now())
            order by due_at, id limit ${limit} for update skip locked),
          taken as (
            update alert_tickets t set attempts = t.attempts + 1,
              leased_until = now() + make_interval(secs => ${leaseMs / 1000}::float8)
            from due where t.id = due.id returning t.*, due.interrupted)
          select ${columns}, t.interrupted as "isInterrupted" from taken t order by t.id`,
      ),
    settle: async ({ id, attempts }, { state, reason }) => {
      const settled = await readRows<Incident>(
        executor,
        sql`update alert_tickets set state = ${state}, reason = ${reason}, settled_at = now(), leased_until = null
          where id = ${id} and attempts = ${attempts} and state = 'waiting' returning incident_id as incident`,
      );
      return settled[0]?.incident;
    },
    postpone: async ({ id, attempts }, { inMs, reason }) => {
      const postponed = await readRows<Incident>(
        executor,
        sql`update alert_tickets set reason = ${reason}, leased_until = null,
            due_at = now() + make_interval(secs => ${inMs / 1000}::float8)
          where id = ${id} and attempts = ${attempts} and state = 'waiting' returning incident_id as incident`,
      );
      return postponed[0]?.incident;
    },
  };
}
