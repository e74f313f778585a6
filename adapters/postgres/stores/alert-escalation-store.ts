import { type SQL, sql } from 'drizzle-orm';
import type { AlertIncidentId, PostId } from '#domain/ids.ts';
import type {
  AlertEscalation,
  AlertEscalationStore,
  NextCall,
} from '#ports/stores/alert-escalation-store.ts';
import { readRows } from '../read-rows.ts';
import { first } from '../rows.ts';
import type { StoreScope } from '../unit-of-work.ts';

export function createAlertEscalationStore(scope: StoreScope): AlertEscalationStore {
  return { ...escalating(scope), ...posting(scope) };
}

type Posting = 'keepPost' | 'posts' | 'ofPost';

function escalating({ executor, workspace }: StoreScope): Omit<AlertEscalationStore, Posting> {
  return {
    begin: async (incident, name) => {
      const begun = await readRows(
        executor,
        sql`
        insert into alert_escalations as e (workspace_id, incident_id, name) values (${workspace}, ${incident}, ${name})
        on conflict (workspace_id, incident_id, name) do update
          set level = 0, reason = 'unanswered', since_at = now(), answered_at = null
          where e.answered_at is not null and e.answered_by is null
        returning 1`,
      );
      return begun.length > 0;
    },
    lock: (incident) =>
      readRows<AlertEscalation>(
        executor,
        sql`
        select name, level, reason, (extract(epoch from since_at) * 1000)::float8 as since,
          answered_at is not null as "isAnswered"
        from alert_escalations where incident_id = ${incident} order by name for update`,
      ),
    calls: (incident) => readRows<NextCall>(executor, callsFor(incident)),
    set: async (incident, name, { level, reason }, isAnew) => {
      await executor.execute(sql`
        update alert_escalations set level = ${level}, reason = ${reason}, answered_at = null, answered_by = null,
          since_at = case when ${isAnew}::boolean then now() else since_at end
        where incident_id = ${incident} and name = ${name}`);
    },
    answer: async (incident, by) => {
      const answered = await readRows(
        executor,
        sql`
        update alert_escalations set answered_at = now(), answered_by = ${by}::uuid
        where incident_id = ${incident} and answered_at is null returning 1`,
      );
      return answered.length > 0;
    },
    among: async (incidents) => {
      const rows = await readRows<{ incident: AlertIncidentId }>(
        executor,
        sql`select distinct incident_id as incident from alert_escalations
          where incident_id = any(${sql.param([...incidents])}::uuid[]) order by 1`,
      );
      return rows.map(({ incident }) => incident);
    },
    end: async (incident) => {
      await executor.execute(sql`delete from alert_escalation_posts where incident_id = ${incident}`);
      await executor.execute(sql`delete from alert_escalations where incident_id = ${incident}`);
    },
  };
}

export const callsFor = (incident: AlertIncidentId): SQL => sql`
  select e.name, e.level, e.answered_at is not null as "isAnswered", e.answered_by as "answeredBy",
    (extract(epoch from d.due_at) * 1000)::float8 as at
  from alert_escalations e
  left join alert_dues d on d.workspace_id = e.workspace_id and d.incident_id = e.incident_id
    and d.kind = 'escalate' and d.subject = e.name
  where e.incident_id = ${incident} order by e.name`;

function posting({ executor, workspace }: StoreScope): Pick<AlertEscalationStore, Posting> {
  return {
    keepPost: async (postId, incident, name) => {
      await executor.execute(sql`
        insert into alert_escalation_posts (post_id, workspace_id, incident_id, name)
        values (${postId}, ${workspace}, ${incident}, ${name})`);
    },
    posts: async (incident) => {
      const rows = await readRows<{ postId: PostId }>(
        executor,
        sql`select post_id as "postId" from alert_escalation_posts where incident_id = ${incident} order by post_id`,
      );
      return rows.map(({ postId }) => postId);
    },
    ofPost: async (postId) =>
      first(await readRows<{ incident: AlertIncidentId; name: string }>(executor, callOfPost(postId))),
  };
}

export const callOfPost = (postId: PostId): SQL => sql`
  select incident_id as incident, name from alert_escalation_posts where post_id = ${postId}`;
