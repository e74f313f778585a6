import { type SQL, sql } from 'drizzle-orm';
import type { Alert, AlertSource } from '#domain/alert/alert.ts';
import { stateRank } from '#domain/alert/alert-event.ts';
import type { AlertIncidentId } from '#domain/ids.ts';
import type { TicketRequest } from '#domain/ticket/ticket.ts';
import type {
  AlertTicketStore,
  ClaimedTicketRequest,
  OtherAlerts,
} from '#ports/stores/alert-ticket-store.ts';
import { readRows } from '../read-rows.ts';
import { first } from '../rows.ts';
import { alertTickets } from '../schema/alerts.ts';
import type { StoreScope } from '../unit-of-work.ts';

const ms = (column: string) => sql`(extract(epoch from ${sql.raw(column)}) * 1000)::float8`;

const columns = sql`t.id, t.incident_id as incident, t.source, t.ticket, t.action, t.note, t.for_ms as "forMs",
  t.person_id as by, ${ms('t.asked_at')} as "askedAt", t.state, t.reason, ${ms('t.settled_at')} as "settledAt", t.attempts`;

export function createAlertTicketStore(scope: StoreScope): AlertTicketStore {
  return { ...asking(scope), ...doing(scope) };
}

type Asking = 'alertsOf' | 'others' | 'ask' | 'ofIncident';

function asking({ executor, workspace, ids }: StoreScope): Pick<AlertTicketStore, Asking> {
  return {
    alertsOf: async (incident, sources, limit) =>
      (await readRows<{ alert: Alert }>(executor, ticketsOf(incident, sources, limit))).map(
        ({ alert }) => alert,
      ),
    others: async (incident, sources) =>
      first(await readRows<OtherAlerts>(executor, othersOf(incident, sources))) ?? none,
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

const none: OtherAlerts = { open: 0, over: 0, overAt: null };

export const ticketsOf = (
  incident: AlertIncidentId,
  sources: readonly AlertSource[],
  limit: number,
): SQL => sql`
  select alert from alert_states
  where incident_id = ${incident} and source = any(${sql.param([...sources])}::text[]) and alert->'ticket' is not null
  order by rank, began_at, fingerprint limit ${limit}`;

export const othersOf = (incident: AlertIncidentId, sources: readonly AlertSource[]): SQL => sql`
  select (count(*) filter (where rank < ${stateRank.resolved}))::int as open,
    (count(*) filter (where rank = ${stateRank.resolved}))::int as over,
    (extract(epoch from max(reached_at) filter (where rank = ${stateRank.resolved})) * 1000)::float8 as "overAt"
  from alert_states where incident_id = ${incident} and source <> all(${sql.param([...sources])}::text[])`;

type Incident = Pick<TicketRequest, 'incident'>;
/** Each once, whoever asks meanwhile; a lease that is over was left in the middle. */
export const claimTickets = (limit: number, leaseMs: number): SQL => sql`
  with due as (
    select id, leased_until is not null as interrupted from alert_tickets
    where state = 'waiting' and due_at <= now() and (leased_until is null or leased_until <= now())
    order by due_at, id limit ${limit} for update skip locked),
  taken as (
    update alert_tickets t set attempts = t.attempts + 1,
      leased_until = now() + make_interval(secs => ${leaseMs / 1000}::float8)
    from due where t.id = due.id returning t.*, due.interrupted)
  select ${columns}, t.interrupted as "isInterrupted" from taken t order by t.id`;

type Doing = 'claim' | 'settle' | 'postpone' | 'withdraw';

function doing({ executor }: StoreScope): Pick<AlertTicketStore, Doing> {
  return {
    claim: (limit, leaseMs) => readRows<ClaimedTicketRequest>(executor, claimTickets(limit, leaseMs)),
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
    withdraw: async (incident, reason) => {
      const withdrawn = await readRows(
        executor,
        sql`update alert_tickets set state = 'refused', reason = ${reason}, settled_at = now()
          where incident_id = ${incident} and person_id is null and state = 'waiting' and leased_until is null
          returning 1`,
      );
      return withdrawn.length > 0;
    },
  };
}
