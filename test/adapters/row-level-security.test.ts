import { type SQL, sql } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Executor } from '#adapters/postgres/database.ts';
import { inWorkspace } from '#adapters/postgres/in-workspace.ts';
import { readRows } from '#adapters/postgres/read-rows.ts';
import { keyOfAlert } from '#domain/alert/alert-event.ts';
import type { AlertIncidentId, PersonId, PostId } from '#domain/ids.ts';
import type { MessagePosted } from '#domain/intent.ts';
import type { Transaction } from '#ports/unit-of-work.ts';
import { describeOnBothEngines, type TestDatabase } from '#test/support/databases.ts';
import { noteAlert } from '#test/support/note-alert.ts';
import {
  addStory,
  proposeSome,
  type Story,
  someCase,
  someReply,
  someResult,
  someSpeaker,
  someVersion,
} from '#test/support/rows.ts';
import { someRate } from '#test/support/solutions.ts';
import { someAlert } from '#test/support/some-alert.ts';

type Filled = Story & { readonly step: Awaited<ReturnType<typeof proposeSome>> };

/** Puts at least one row into every table of a workspace. */
async function fill(db: TestDatabase): Promise<Filled> {
  const message: MessagePosted = {
    kind: 'message-posted',
    place: { workspace: db.workspace, channel: 'c', thread: null },
    speaker: { externalId: 'rae', name: 'Rae', standing: 'member', groups: [] },
    id: 'm',
    text: 'down',
    mentionsBot: false,
    at: 1,
  };
  const logged = {
    id: 'm',
    channel: 'c',
    thread: null,
    author: { externalId: 'rae', name: 'Rae', isBot: false },
    onlyFor: null,
  };
  await db.conversationLog.add(db.workspace, {
    ...logged,
    body: { kind: 'text', text: 'x' },
    reactions: {},
    at: 1,
    editedAt: null,
  });
  await db.conversationLog.react(db.workspace, 'm', '👍', 'rae', 'added');
  const filled = await db.unitOfWork.within(db.workspace, async (transaction) => {
    const story = await addStory(transaction, db.ids);
    const step = await proposeSome(transaction, db.ids, story.run);
    await transaction.runs.recordApproval({
      stepId: step.id,
      personId: story.person.id,
      decision: 'approved',
      binding: 'b',
    });
    await transaction.recommendations.vote(story.recommendation.id, story.person.id, 'worked');
    await transaction.captures.begin(story.incident.id);
    await transaction.searchIndex.put([
      { id: story.solutionId, content: { kind: 'case', case: someCase() } },
    ]);
    await transaction.searchIndex.learn([
      { solutionId: story.solutionId, source: story.incident.id, text: 'the disk is full', weight: 1 },
    ]);
    await transaction.signals.saveFold(new Map([[story.solutionId, someRate({ worked: 1, tried: 1 })]]), 1);
    await transaction.audit.append({ actor: 'rae', event: 'e', details: {} });
    await transaction.outbox.post(step.postId, { channel: 'c', thread: 't' }, someReply(), 'approval');
    const [held] = await transaction.outbox.take(1, 'holder', 1);
    if (!held) throw new Error('nothing is due');
    await transaction.outbox.sent(held, step.postId, 1, 'p-1');
    const envelope = {
      name: 's/t',
      version: 1,
      id: step.id,
      kekId: 'k',
      wrappedKey: 'w',
      sealed: 's',
    } as const;
    await transaction.secrets.add(envelope);
    await transaction.inbox.add('d', message);
    await transaction.heard.openGap(1);
    await transaction.openings.add(step.postId, message);
    const reaction = { channel: 'c', messageId: 'm', personExternalId: 'rae', emoji: '+1', at: 1 };
    await transaction.heard.noteReaction({ ...reaction, change: 'added', ofAnswer: false });
    await transaction.recommendations.comment(story.recommendation.id, story.person.id, {
      text: 'slow',
      report: {},
    });
    await transaction.people.bind({ kind: 'group', externalId: 'sre', role: 'approver' });
    await transaction.channels.set('c', { mode: 'off', quiet: null });
    await transaction.reviews.propose({
      version: someVersion('proposed'),
      parent: null,
      why: 'w',
      evidence: '',
      runs: [],
    });
    await transaction.suggestions.tell(story.solutionId, step.postId);
    await transaction.freezes.set('r', 'p', null);
    await addAlert(transaction, db.ids.next(), { person: story.person.id, postId: step.postId });
    await transaction.answers.claim({
      channel: 'c',
      message: 'm',
      postId: step.postId,
      textAt: 1,
      incidentId: story.incident.id,
    });
    await transaction.answerFeedback.vote(step.postId, story.person.id, 'failed');
    return { ...story, step };
  });
  await noteAlert(db, db.workspace, filled.recommendation.id, true);
  return filled;
}

async function addAlert(
  { alerts, alertDues, alertEscalations, alertJudgements, alertOpinions, alertTickets }: Transaction,
  incident: AlertIncidentId,
  { person, postId }: { readonly person: PersonId; readonly postId: PostId },
): Promise<void> {
  const alert = someAlert();
  const event = { key: keyOfAlert(alert), channel: 'c', route: 'r', alert };
  await alerts.add([event]);
  const marks = [{ key: 'k', minute: 1, incident }];
  await alerts.join({
    channel: 'c',
    marks,
    merged: new Map(),
    events: [{ ...event, receivedAt: 1, incident }],
  });
  await alertDues.set({ incident, kind: 'verify', subject: 'run' }, 1);
  await alertEscalations.begin(incident, 'on-call');
  await alertEscalations.keepPost(postId, incident, 'on-call');
  await alertJudgements.judge(incident, 'noise', person);
  await alertJudgements.snooze(incident, 1, person);
  await alertOpinions.keep(incident, { opinion: 'noise', reason: 'r', model: 'm', of: 1 });
  const ticket = { key: 'k', name: 'n' };
  await alertTickets.ask([
    { incident, source: 'jira', ticket, action: 'comment', note: 'n', forMs: null, by: person },
  ]);
  await alerts.refuse({ sender: 's', field: '', message: 'm', payload: 'p' });
}

describeOnBothEngines('row-level security', (open) => {
  let db: TestDatabase;
  let mine: Filled;
  let tables: readonly string[];

  beforeAll(async () => {
    db = await open();
    mine = await fill(db);
    const rows = await readRows<{ name: string }>(
      db.open.database,
      sql`select c.relname as name from pg_class c
        join pg_attribute a on a.attrelid = c.oid and a.attname = 'workspace_id' and not a.attisdropped
        where c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace order by 1`,
    );
    tables = rows.map(({ name }) => name);
  });

  const count = async (executor: Executor, table: string): Promise<number> => {
    const rows = await readRows<{ n: number }>(
      executor,
      sql`select count(*)::int as n from ${sql.identifier(table)}`,
    );
    return rows[0]?.n ?? -1;
  };
  const theirs = <T>(work: (transaction: Transaction) => Promise<T>) => db.unitOfWork.within(db.other, work);

  it('is enabled, forced and has one policy for reading and writing on every table of a tenant', async () => {
    const rows = await readRows(db.open.database, policies(tables));
    expect(tables.length).toBeGreaterThan(15);
    expect(rows).toEqual(tables.map((name) => ({ name, enabled: true, forced: true, complete: true })));
  });

  it('leaves no table of the schema outside but the shared ones', async () => {
    const rows = await readRows<{ name: string }>(
      db.open.database,
      sql`select relname as name from pg_class where relkind in ('r', 'p') and relnamespace = 'public'::regnamespace`,
    );
    const shared = rows.map(({ name }) => name).filter((name) => !tables.includes(name));
    expect(shared.sort()).toEqual(['leases', 'workspaces']);
  });

  it('has no way around it: no view, no function with rights of its owner, no right that policies do not hold', async () => {
    const around = await readRows<{ name: string }>(
      db.open.database,
      sql`select c.relname as name from pg_class c
          where c.relkind in ('v', 'm', 'f') and c.relnamespace = 'public'::regnamespace
            and not exists (select from pg_depend d where d.objid = c.oid and d.deptype = 'e')
        union all select p.proname from pg_proc p where p.prosecdef and p.pronamespace = 'public'::regnamespace
        union all select table_name || ': ' || privilege_type from information_schema.table_privileges
          where grantee in ('recourse_app', 'PUBLIC') and table_schema = 'public'
            and privilege_type not in ('SELECT', 'INSERT', 'UPDATE', 'DELETE')`,
    );
    expect(around).toEqual([]);
  });

  it('shows every row in its workspace and none in another', async () => {
    for (const table of tables.filter((name) => name !== 'search_embeddings')) {
      const own = await inWorkspace(db.open.database, db.workspace, (executor) => count(executor, table));
      expect({ table, own }).not.toEqual({ table, own: 0 });
      const other = await inWorkspace(db.open.database, db.other, (executor) => count(executor, table));
      expect({ table, other }).toEqual({ table, other: 0 });
    }
  });

  it('lets no row into another workspace', async () => {
    for (const table of tables) {
      const name = sql.identifier(table);
      const stolen = inWorkspace(db.open.database, db.workspace, async (executor) => {
        await executor.execute(sql`update ${name} set workspace_id = ${db.other}`);
        return count(executor, table);
      });
      const outcome = await stolen.catch((error: { cause?: { code?: string } }) => error.cause?.code);
      // An empty table has nothing to refuse; every other refuses by policy, or by missing right.
      expect([table, outcome]).toEqual([table, table === 'search_embeddings' ? 0 : '42501']);
    }
  });

  it('works as a role that is neither owner nor superuser and cannot log in', async () => {
    const rows = await inWorkspace(db.open.database, db.workspace, (executor) =>
      readRows<{ who: string; super: boolean; login: boolean; bypass: boolean; owns: number }>(
        executor,
        sql`select current_user as who, rolsuper as super, rolcanlogin as login, rolbypassrls as bypass,
          (select count(*)::int from pg_class where relowner = pg_roles.oid) as owns from pg_roles where rolname = current_user`,
      ),
    );
    expect(rows).toEqual([{ who: 'recourse_app', super: false, login: false, bypass: false, owns: 0 }]);
  });

  it('leaves neither role nor workspace on the connection', async () => {
    await db.unitOfWork.within(db.workspace, async () => undefined);
    const rows = await readRows<{ who: string; workspace: string | null }>(
      db.open.database,
      sql`select current_user::text as who, nullif(current_setting('recourse.workspace', true), '') as workspace`,
    );
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({ workspace: null });
    expect(rows[0]?.who).not.toBe('recourse_app');
  });

  it('shows the owner nothing outside a workspace', async () => {
    const isSuperuser = db.open.engine === 'embedded';
    for (const table of tables) {
      const all = await count(db.open.database, table);
      // PGlite logs in as superuser, whom no policy binds: there the role of the unit of work is what closes it.
      if (!isSuperuser) expect([table, all]).toEqual([table, 0]);
    }
    const asApplication = db.open.database.transaction(async (transaction) => {
      await transaction.execute(sql`set local role recourse_app`);
      return Promise.all(tables.map((table) => count(transaction, table)));
    });
    expect(await asApplication).toEqual(tables.map(() => 0));
  });

  it('reads nothing of another workspace through any store', async () => {
    await theirs(async (transaction) => {
      const { incidents, recommendations, runs, hosts, people, solutions, outbox, inbox, audit, signals } =
        transaction;
      expect(await incidents.find(mine.incident.id)).toBeUndefined();
      expect(await incidents.inThread('incidents', 'story')).toBeUndefined();
      expect(await recommendations.find(mine.recommendation.id)).toBeUndefined();
      expect(await recommendations.inIncident(mine.incident.id)).toEqual([]);
      expect(await recommendations.behindPost(mine.recommendation.postId)).toBeUndefined();
      expect(await recommendations.votes(mine.recommendation.id)).toEqual([]);
      expect(await runs.find(mine.run.id)).toBeUndefined();
      expect(await runs.step(mine.step.id)).toBeUndefined();
      expect(await runs.steps(mine.run.id)).toEqual([]);
      expect(await runs.approvals(mine.step.id)).toEqual([]);
      expect(await hosts.all()).toEqual([]);
      expect(await people.find(mine.person.id)).toBeUndefined();
      expect(await people.withRole('viewer')).toEqual([]);
      expect(await people.bindings()).toEqual([]);
      const unset = { mode: null, quiet: null, team: null, visibility: null };
      expect(await transaction.channels.settings('c')).toEqual(unset);
      expect(await transaction.freezes.current()).toBeUndefined();
      expect(await transaction.answers.of('c', 'm')).toBeUndefined();
      expect(await transaction.answers.behindPost(mine.step.postId)).toBeUndefined();
      expect(await transaction.answerFeedback.of(mine.step.postId)).toEqual([]);
      expect(await transaction.answers.inIncident(mine.incident.id)).toEqual([]);
      expect(await transaction.suggestions.settle('story', 'dismissed', 'p')).toBeUndefined();
      expect(await solutions.find(mine.solutionId)).toBeUndefined();
      expect(await solutions.version(mine.versionId)).toBeUndefined();
      expect(await solutions.retire(mine.versionId, 'not theirs')).toBeUndefined();
      expect(await solutions.all()).toEqual([]);
      expect((await solutions.rates([mine.solutionId])).size).toBe(0);
      expect(await outbox.find(mine.step.postId)).toBeUndefined();
      expect(await outbox.named('c', 'p-1')).toBeUndefined();
      expect(await outbox.take(10, 'h', 1)).toEqual([]);
      expect(await outbox.refused(10)).toEqual([]);
      expect(await transaction.secrets.list()).toEqual([]);
      expect(await transaction.secrets.newest('s/t')).toBeUndefined();
      expect(await inbox.take(10, 1)).toEqual([]);
      expect((await signals.all()).size).toBe(0);
      expect(await audit.newest()).toBeUndefined();
      expect(await audit.after(0, 10)).toEqual([]);
      expect(await transaction.operations.read()).toMatchObject({
        approvalsPending: 0,
        runsByState: {},
        lastFoldAge: null,
      });
    });
  });

  it('changes nothing of another workspace through any store', async () => {
    await theirs(async ({ incidents, recommendations, runs, hosts, outbox, inbox, signals }) => {
      expect(await runs.lockStep(mine.step.id)).toBeUndefined();
      expect(await runs.decide(mine.step.id, 'approved')).toBeUndefined();
      expect(await runs.close(mine.run.id, 'stopped')).toBe(false);
      expect(await runs.end(mine.step.id, 'a', someResult())).toBe(false);
      expect(await recommendations.choose(mine.recommendation.id)).toBe(false);
      expect(await recommendations.unvote(mine.recommendation.id, mine.person.id, 'worked')).toBe(false);
      await incidents.setState(mine.incident.id, 'resolved');
      await hosts.sync([]);
      await outbox.revise(mine.step.postId, someReply('forged'), 'answer');
      const forged = { error: 'forged', delayMs: 0, dead: true, undone: true };
      const held = { channel: 'c', holder: 'holder', failures: 0 };
      expect(await outbox.failed(held, mine.step.postId, forged)).toBe(false);
      expect(await outbox.renew(held, 1)).toBe(false);
      await inbox.done('d');
      await signals.saveFold(new Map(), 0);
    });
    await db.unitOfWork.within(db.workspace, async (transaction) => {
      expect(await transaction.runs.step(mine.step.id)).toMatchObject({ state: 'proposed' });
      expect(await transaction.runs.find(mine.run.id)).toMatchObject({ state: 'active' });
      expect(await transaction.incidents.find(mine.incident.id)).toMatchObject({ state: 'open' });
      expect(await transaction.recommendations.votes(mine.recommendation.id)).toHaveLength(1);
      expect(await transaction.hosts.all()).toHaveLength(1);
      expect(await transaction.outbox.find(mine.step.postId)).toMatchObject({
        reply: someReply(),
        revision: 1,
      });
      expect((await transaction.solutions.rates([mine.solutionId])).size).toBe(1);
      expect(await transaction.operations.read()).toMatchObject({ inboxWaiting: 1, outboxDead: 0 });
    });
  });

  describe('names of its own', () => {
    it('keeps slugs, people, hosts and deliveries of two workspaces apart', async () => {
      await theirs(async (transaction) => {
        expect((await transaction.solutions.putAll([someVersion('story')]))[0]?.change).toBe('created');
        expect((await transaction.people.meet(someSpeaker('rae'), 'c')).id).not.toBe(mine.person.id);
      });
    });
  });
});

function policies(tables: readonly string[]): SQL {
  const names = sql.join(
    tables.map((name) => sql`${name}`),
    sql`, `,
  );
  return sql`select c.relname as name, c.relrowsecurity as enabled, c.relforcerowsecurity as forced,
      p.polqual is not null and p.polwithcheck is not null and p.polcmd = '*' as complete
    from pg_class c left join pg_policy p on p.polrelid = c.oid
    where c.relname in (${names}) and c.relnamespace = 'public'::regnamespace order by 1`;
}
