import { and, eq, sql } from 'drizzle-orm';
import type { SettledThread, WaitingDraft } from '#domain/automatic-capture/capture.ts';
import type { IncidentId } from '#domain/ids.ts';
import type { CaptureStore } from '#ports/stores/capture-store.ts';
import type { Executor } from '../database.ts';
import { readRows } from '../read-rows.ts';
import { first } from '../rows.ts';
import { captures } from '../schema/captures.ts';
import { soon } from '../soon.ts';
import type { StoreScope } from '../unit-of-work.ts';

export function createCaptureStore(scope: StoreScope): CaptureStore {
  const { executor, workspace } = scope;
  return {
    begin: async (incidentId) => {
      const begun = await executor
        .insert(captures)
        .values({ workspaceId: workspace, incidentId, state: 'recording' })
        .onConflictDoNothing()
        .returning({ id: captures.incidentId });
      return begun.length > 0;
    },
    stateOf: async (id) =>
      first(await executor.select({ state: captures.state }).from(captures).where(of(id)))?.state,
    ...quietRows(scope),
    ...draftRows(scope),
  };
}

const of = (id: IncidentId) => eq(captures.incidentId, id);
const nextRound = sql`${captures.round} + 1`;

type Quiet = 'settle' | 'putOff' | 'unsettle' | 'take' | 'drop';

function quietRows({ executor }: StoreScope): Pick<CaptureStore, Quiet> {
  return {
    settle: async (id, because, quietMs) => {
      await executor.execute(sql`
        update captures set state = 'settling', due_at = ${soon(quietMs)}, round = round + 1, attempts = 0,
          -- What is said after a stronger sign adds nothing to it.
          because = case
            when state = 'settling' and (because in ('verdict', 'alerts') or (because = 'words' and ${because}::text = 'tick'))
              then because
            else ${because}::text end
        where incident_id = ${id} and state in ('recording', 'settling')`);
    },
    putOff: async (id, { quietMs, silenceMs }) => {
      await executor.execute(sql`
        update captures set state = 'settling', round = round + 1, attempts = 0,
          because = case when state = 'settling' then because else 'silence' end,
          due_at = case when state = 'settling' and because <> 'silence' then ${soon(quietMs)} else ${soon(silenceMs)} end
        where incident_id = ${id} and state in ('recording', 'settling')`);
    },
    unsettle: async (id, because) => {
      const only = because
        ? sql`state = 'settling' and because = ${because}`
        : sql`state in ('settling', 'drafted', 'saved')`;
      const [row] = await readRows<{ postId: CaptureRow['postId'] }>(
        executor,
        sql`
          with before as (
            select post_id from captures where incident_id = ${id} and ${only}
            for update)
          update captures set state = 'recording', because = null, due_at = null, round = round + 1, attempts = 0,
            draft = null, post_id = null, people = '{}'
          from before where incident_id = ${id} returning before.post_id as "postId"`,
      );
      return row?.postId ?? null;
    },
    take: (limit) =>
      readRows<SettledThread>(
        executor,
        sql`
          with due as (
            select incident_id from captures where state = 'settling' and due_at <= now()
            order by due_at limit ${limit} for update skip locked)
          update captures c set round = round + 1, attempts = attempts + 1,
            due_at = now() + least(interval '1 minute' * power(2, attempts), interval '1 hour')
          from due where c.incident_id = due.incident_id
          returning c.incident_id as "incidentId", c.because, c.round, c.attempts`,
      ),
    drop: async ({ incidentId, round }) => {
      await executor
        .update(captures)
        .set({ state: 'recording', because: null, dueAt: null, round: nextRound as never, attempts: 0 })
        .where(and(of(incidentId), eq(captures.round, round)));
    },
  };
}

type CaptureRow = typeof captures.$inferSelect;
type Drafts = 'keep' | 'waiting' | 'behindPost' | 'close' | 'lapse' | 'forget';

function draftRows({ executor }: StoreScope): Pick<CaptureStore, Drafts> {
  const columns = { incidentId: captures.incidentId, postId: captures.postId, draft: captures.draft };
  const waiting = (where: ReturnType<typeof eq>) =>
    executor
      .select(columns)
      .from(captures)
      .where(and(where, eq(captures.state, 'drafted')));
  return {
    keep: async ({ incidentId, round }, { postId, draft, people }, lapseMs) => {
      const kept = await executor
        .update(captures)
        .set({
          state: 'drafted',
          dueAt: soon(lapseMs) as never,
          round: nextRound as never,
          ...{ postId, draft, people: [...people] },
        })
        .where(and(of(incidentId), eq(captures.round, round)))
        .returning({ id: captures.incidentId });
      return kept.length > 0;
    },
    waiting: async (id) => first((await waiting(of(id))).flatMap(readWaiting)),
    behindPost: async (id) => first((await waiting(eq(captures.postId, id))).flatMap(readWaiting)),
    close: async (id, state) => first(await end(executor, sql`incident_id = ${id}`, state)),
    lapse: (limit) =>
      end(
        executor,
        sql`incident_id in (
          select incident_id from captures where state = 'drafted' and due_at <= now()
          order by due_at limit ${limit} for update skip locked)`,
        'lapsed',
      ),
    forget: (person) => end(executor, sql`state = 'drafted' and ${person} = any(people)`, 'discarded'),
  };
}

/** With the drafts that were waiting; what waits no longer is not kept. */
async function end(
  executor: Executor,
  which: ReturnType<typeof sql>,
  state: CaptureRow['state'],
): Promise<readonly WaitingDraft[]> {
  const rows = await readRows<Pick<CaptureRow, 'incidentId' | 'postId' | 'draft'>>(
    executor,
    sql`
      with before as (select incident_id, post_id, draft from captures where ${which} for update)
      update captures c set state = ${state}, due_at = null, round = round + 1, draft = null, post_id = null, people = '{}'
      from before where c.incident_id = before.incident_id
      returning c.incident_id as "incidentId", before.post_id as "postId", before.draft`,
  );
  return rows.flatMap(readWaiting);
}

const readWaiting = ({
  incidentId,
  postId,
  draft,
}: Pick<CaptureRow, 'incidentId' | 'postId' | 'draft'>): readonly WaitingDraft[] =>
  postId && draft ? [{ incidentId, postId, draft }] : [];
