import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openServer } from '#adapters/postgres/open-server.ts';
import { readRows } from '#adapters/postgres/read-rows.ts';
import type { WorkspaceId } from '#domain/ids.ts';
import { createFreshDatabase } from '#test/support/fresh-database.ts';
import { migrateBefore } from '#test/support/migrate-before.ts';
import { describeWithPeer } from '#test/support/peers.ts';
import { inScope } from '#test/support/search-database.ts';

type Row = Readonly<Record<string, unknown>>;

describeWithPeer('postgres', 'a server that was used before choices were kept', (serverUrl) => {
  const workspace = randomUUID() as WorkspaceId;
  const [person, incident, host, solution, version, recommendation] = Array.from({ length: 6 }, () =>
    randomUUID(),
  );
  let fresh: Awaited<ReturnType<typeof createFreshDatabase>>;
  let open: ReturnType<typeof openServer>;

  /** By hand: the columns of now are not there yet. */
  const add = (table: string, row: Row) => {
    const own: Row = { workspace_id: workspace, ...row };
    const columns = sql.join(
      Object.keys(own).map((name) => sql.identifier(name)),
      sql`, `,
    );
    return inScope(open, workspace, ({ executor }) =>
      executor.execute(sql`insert into ${sql.identifier(table)} (${columns}) select ${columns}
        from jsonb_populate_record(null::${sql.identifier(table)}, ${JSON.stringify(own)}::text::jsonb)`),
    );
  };
  const hoursAgo = (hours: number) => new Date(Date.now() - hours * 3_600_000).toISOString();
  /** Steps of a run of their own, by their titles. */
  const addRun = async (...steps: readonly Row[]) => {
    const run = randomUUID();
    const by = { requested_by: person, started_by: person };
    const of = {
      incident_id: incident,
      recommendation_id: recommendation,
      solution_id: solution,
      version_id: version,
    };
    await add('runs', { id: run, ...of, ...by, parameters: {}, state: 'active' });
    for (const [position, step] of steps.entries())
      await add('run_steps', {
        ...{ id: randomUUID(), run_id: run, host_id: host, position, attempt: 1, kind: 'remediation' },
        ...{
          command: 'x',
          risk: 'mutating',
          risk_why: '',
          timeout_ms: 1,
          exit_codes: [0],
          nonce: '',
          binding: '',
        },
        ...{ expires_at: hoursAgo(50), ended_at: hoursAgo(48), post_id: randomUUID() },
        ...step,
      });
  };
  const titles = async (condition: ReturnType<typeof sql>) => {
    const rows = await inScope(open, workspace, ({ executor }) =>
      readRows<{ title: string }>(
        executor,
        sql`select title from run_steps where ${condition} order by title`,
      ),
    );
    return rows.map(({ title }) => title);
  };

  const addAlerts = async () => {
    for (const [channel, verdict] of [
      ['judged', 'noise'],
      ['unjudged', null],
    ] as const) {
      const id = randomUUID();
      await add('alert_incidents', { id, channel, route: 'r' });
      const at = { reached_at: hoursAgo(2), began_at: hoursAgo(3) };
      for (const fingerprint of ['one', 'two'])
        await add('alert_states', { incident_id: id, source: 's', fingerprint, ...at, rank: 0, alert: {} });
      if (verdict) await add('alert_verdicts', { incident_id: id, verdict, person_id: person });
    }
  };

  const addSteps = async () => {
    const [failed, proposed] = [{ state: 'failed' }, { state: 'proposed' }];
    await addRun({ ...failed, title: 'chosen: went on' }, { ...proposed, title: 'next' });
    await addRun(
      { ...failed, title: 'chosen: again' },
      { state: 'approved', position: 0, attempt: 2, title: 'the same again' },
    );
    await addRun({ ...failed, title: 'chosen: back' }, { ...proposed, kind: 'rollback', title: 'undo' });
    await addRun(
      { ...failed, title: 'open: what follows was approved ahead' },
      { state: 'approved', title: 'ahead' },
    );
    await addRun({ ...failed, title: 'open: nothing follows' });
    await addRun(
      { ...proposed, state: 'succeeded', title: 'no choice' },
      { ...proposed, title: 'next of it' },
    );
    const [whole, recent] = [randomUUID(), { ended_at: hoursAgo(1) }];
    const lost = { state: 'unknown', ...recent };
    await addRun({ ...lost, title: 'lingers: unknown' });
    await addRun({ state: 'cancel-unconfirmed', ...recent, title: 'lingers: not confirmed' });
    await addRun({ ...lost, ended_at: hoursAgo(30), title: 'of the day before yesterday' });
    await addRun({ ...lost, risk: 'read-only', title: 'only reads' });
    await addRun({ ...failed, ...recent, title: 'has ended' });
    await addRun(
      { ...lost, id: whole, fan_out: { group: 'web', targets: [] }, title: 'a whole' },
      { ...lost, part_of: whole, position: 0, title: 'lingers: a part' },
    );
  };

  beforeAll(async () => {
    fresh = await createFreshDatabase(serverUrl);
    await migrateBefore(fresh.url, '_choices');
    open = openServer(fresh.url);
    await open.database.execute(
      sql`insert into workspaces (id, platform, external_id, name) values (${workspace}::uuid, 'playground', 'old', 'Old')`,
    );
    await add('people', { id: person, external_id: 'ada', name: 'Ada', role: 'approver' });
    const asked = { channel: 'c', thread: 't', problem: 'p', state: 'open', context: {} };
    await add('incidents', { id: incident, ...asked, opened_by: person });
    const login = { login_user: 'ops', login: {}, context: {}, tags: [], parameters: {} };
    await add('hosts', { id: host, name: 'web-01', address: '192.0.2.7', port: 22, ...login });
    await add('solutions', { id: solution, slug: 's', kind: 'runbook', origin: '' });
    const written = { author: '', source: 'import', state: 'active', text: '', content: {} };
    await add('solution_versions', { id: version, solution_id: solution, version: 1, ...written });
    const scores = {
      rank: 1,
      confidence: 1,
      similarity: 1,
      success: 1,
      context: 1,
      why: [],
      state: 'chosen',
    };
    const shown = {
      incident_id: incident,
      solution_id: solution,
      version_id: version,
      post_id: randomUUID(),
    };
    await add('recommendations', { id: recommendation, ...shown, ...scores });
    await addSteps();
    await addAlerts();
    await open.migrate();
  });
  afterAll(async () => {
    await open?.close();
    await fresh?.drop();
  });

  it('knows of which steps a person had chosen what follows', async () => {
    expect(await titles(sql`chosen_at is not null`)).toEqual([
      'chosen: again',
      'chosen: back',
      'chosen: went on',
    ]);
    expect(await titles(sql`chosen_at is not null and chosen_at <> ended_at`)).toEqual([]);
  });

  it('keeps the hosts of changes that it lost sight of within a day', async () => {
    expect(await titles(sql`lingers`)).toEqual([
      'lingers: a part',
      'lingers: not confirmed',
      'lingers: unknown',
    ]);
  });

  it('knows of each alert in which channel it is, and what was said of it', async () => {
    const states = await inScope(open, workspace, ({ executor }) =>
      readRows(
        executor,
        sql`select channel, fingerprint, verdict from alert_states order by channel, fingerprint`,
      ),
    );
    expect(states).toEqual([
      { channel: 'judged', fingerprint: 'one', verdict: 'noise' },
      { channel: 'judged', fingerprint: 'two', verdict: 'noise' },
      { channel: 'unjudged', fingerprint: 'one', verdict: null },
      { channel: 'unjudged', fingerprint: 'two', verdict: null },
    ]);
  });

  it('forces row-level security again wherever a migration lifted it', async () => {
    const lifted = await readRows(
      open.database,
      sql`select relname as name from pg_class where relrowsecurity and not relforcerowsecurity`,
    );
    expect(lifted).toEqual([]);
  });
});
