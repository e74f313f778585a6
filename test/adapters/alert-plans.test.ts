import { type SQL, sql } from 'drizzle-orm';
import { beforeAll, expect, it } from 'vitest';
import { inWorkspace } from '#adapters/postgres/in-workspace.ts';
import { readRows } from '#adapters/postgres/read-rows.ts';
import { takeDues } from '#adapters/postgres/stores/alert-due-store.ts';
import { callOfPost, callsFor } from '#adapters/postgres/stores/alert-escalation-store.ts';
import { candidatesFor, pastOf } from '#adapters/postgres/stores/alert-history-store.ts';
import { snoozedIn } from '#adapters/postgres/stores/alert-judgement-store.ts';
import { marksIn, openedThread, takeEvents } from '#adapters/postgres/stores/alert-store.ts';
import { claimTickets, othersOf, ticketsOf } from '#adapters/postgres/stores/alert-ticket-store.ts';
import { acknowledgedOf, knownAmong } from '#adapters/postgres/stores/known-alerts.ts';
import type { AlertIncidentId, PostId } from '#domain/ids.ts';
import { describeOnBothEngines, type TestDatabase } from '#test/support/databases.ts';
import { someAlert } from '#test/support/some-alert.ts';

const tables = [
  ...(['alert_events', 'alert_incidents', 'alert_marks', 'alert_states', 'alert_snoozes'] as const),
  ...(['alert_escalations', 'alert_escalation_posts', 'alert_dues', 'alert_tickets'] as const),
];
const incident = '00000000-0000-7000-8000-000000000001' as AlertIncidentId;
const alert = someAlert({ fingerprint: 'f-7', name: 'Alert-7', labels: { service: 's-7' } });
const of = { incident, channel: 'c-7', alert, beganAt: Date.now() };

/** Queries that run with every alert, over tables that only grow: as the application role, none may read a whole table. */
describeOnBothEngines('queries of alerts', (open) => {
  let db: TestDatabase;
  beforeAll(async () => {
    db = await open();
    await inWorkspace(db.open.database, db.workspace, async (executor) => {
      for (const statement of longPast(db.workspace)) await executor.execute(statement);
    });
    for (const table of tables) await db.open.database.execute(sql.raw(`analyze ${table}`));
  });

  const planOf = async (statement: SQL): Promise<string> => {
    const plan = await inWorkspace(db.open.database, db.workspace, (executor) =>
      readRows<Record<string, string>>(executor, sql`explain ${statement}`),
    );
    return plan.map((row) => Object.values(row)[0]).join('\n');
  };

  it.each([
    ['events that no incident has', () => takeEvents(100)],
    ['marks of a key', () => marksIn('c-7', [{ key: 'k-7', from: 0, to: 1000, nearest: false }])],
    ['the incident of a thread', () => openedThread('c-7', 't-7')],
    [
      'alerts that are known',
      () => knownAmong([{ source: 'alertmanager', fingerprint: 'f-7' }], ['c-7', 'c-8'], 3_600_000),
    ],
    ['alerts that are acknowledged', () => acknowledgedOf('alertmanager', 1_000)],
    ['the past of an alert', () => pastOf(of, 200)],
    ['the past of a problem', () => pastOf({ ...of, alert: { ...alert, problem: 'p-7' } }, 200)],
    ['incidents that may be alike', () => candidatesFor(of, 30)],
    ['what is snoozed', () => snoozedIn(incident)],
    ['tickets of alerts', () => ticketsOf(incident, ['jira'], 20)],
    ['alerts that are no tickets', () => othersOf(incident, ['jira'])],
    ['who is called next', () => callsFor(incident)],
    ['what is due, calls among it', () => takeDues(20)],
    ['the call that a post told', () => callOfPost('00000000-0000-7000-8000-000000000002' as PostId)],
    ['tickets that are due', () => claimTickets(20, 60_000)],
  ] as const)('find %s by an index', async (_title, statement) => {
    const text = await planOf(statement());
    expect(text).toMatch(/Index.* on alert_/);
    expect(text).not.toMatch(/Seq Scan on alert_/);
  });

  it('find an alert by its own name, however many wait or stand in its channel', async () => {
    const text = await planOf(knownAmong([{ source: 'generic', fingerprint: 'f-7' }], ['c-7'], 3_600_000));
    const byName = /Index Scan.* on alert_(events|states) .*\n +Index Cond: .*fingerprint = /g;
    expect(Array.from(text.matchAll(byName), ([, table]) => table)).toEqual(['events', 'states']);
  });
});

const numbers = sql`from generate_series(1, 20000) n`;

/** 20,000 incidents in ten channels, each of one alert of 2,000, with its marks; of 20,000 signals a storm of 2,000 waits. */
const longPast = (workspace: string): readonly SQL[] => [
  sql`insert into alert_incidents (id, workspace_id, channel, route, post_id, resolved_at)
    select md5('i' || n)::uuid, ${workspace}::uuid, 'c-' || n % 10, 'r', md5('p' || n)::uuid, now() ${numbers}`,
  sql`insert into alert_states (workspace_id, incident_id, channel, source, fingerprint, reached_at, rank, began_at, alert, name)
    select ${workspace}::uuid, md5('i' || n)::uuid, 'c-' || n % 10, 'alertmanager', 'f-' || n % 2000, now(), 2, now(), '{}', 'Alert-' || n % 2000 ${numbers}`,
  sql`insert into alert_marks (workspace_id, channel, key, minute, incident_id)
    select ${workspace}::uuid, 'c-' || n % 10, 'k-' || n % 2000, n, md5('i' || n)::uuid ${numbers}`,
  sql`insert into alert_events (workspace_id, key, channel, route, alert, folded_at)
    select ${workspace}::uuid, 'e-' || n, 'c-' || n % 10, 'r', jsonb_build_object('source', 'alertmanager', 'fingerprint', 'f-' || n),
      case when n > 2000 then now() end ${numbers}`,
  sql`insert into people (id, workspace_id, external_id, name, role)
    values (md5('somebody')::uuid, ${workspace}::uuid, 'somebody', 'Somebody', 'responder')`,
  sql`insert into alert_snoozes (workspace_id, channel, source, fingerprint, until, person_id)
    select ${workspace}::uuid, 'c-' || n % 10, 'alertmanager', 'f-' || n, now(), md5('somebody')::uuid ${numbers}`,
  sql`insert into alert_escalations (workspace_id, incident_id, name)
    select ${workspace}::uuid, md5('i' || n)::uuid, 'on-call' ${numbers}`,
  sql`insert into alert_dues (workspace_id, incident_id, kind, subject, due_at)
    select ${workspace}::uuid, md5('i' || n)::uuid, 'escalate', 'on-call', now() + (n - 100) * interval '1 minute' ${numbers}`,
  sql`insert into alert_escalation_posts (post_id, workspace_id, incident_id, name)
    select md5('c' || n)::uuid, ${workspace}::uuid, md5('i' || n)::uuid, 'on-call' ${numbers}`,
  sql`insert into alert_tickets (id, workspace_id, incident_id, source, key, ticket, action, note, state, due_at)
    select md5('t' || n)::uuid, ${workspace}::uuid, md5('i' || n)::uuid, 'jira', 'k-' || n, '{}', 'comment', 'n',
      case when n > 100 then 'done' else 'waiting' end, now() ${numbers}`,
];
