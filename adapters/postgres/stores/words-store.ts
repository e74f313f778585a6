import { sql } from 'drizzle-orm';
import type { Case } from '#domain/solution.ts';
import type { OwnCase, TalkedIn, WordsStore } from '#ports/stores/words-store.ts';
import { readRows } from '../read-rows.ts';
import type { StoreScope } from '../unit-of-work.ts';

/** Asked for by one person, seldom: whole tables are gone through. */
export function createWordsStore({ executor }: StoreScope): WordsStore {
  return {
    threads: ({ id, externalId }) =>
      readRows<TalkedIn>(
        executor,
        sql`
          select id, channel, thread, opened_by = ${id} as "isOpener" from incidents
          where opened_by = ${id} or stated_by = ${externalId}`,
      ),
    forgetProblems: async ({ id, externalId }) => {
      const emptied = await readRows(
        executor,
        sql`
          update incidents set problem = '', stated_by = null
          where problem <> '' and (stated_by = ${externalId} or (stated_by is null and opened_by = ${id}))
          returning id`,
      );
      return emptied.length;
    },
    forgetComments: async ({ id }) => {
      const deleted = await readRows<{ id: Awaited<ReturnType<WordsStore['forgetComments']>>[number] }>(
        executor,
        sql`delete from comments where person_id = ${id} returning recommendation_id as id`,
      );
      return deleted.map((row) => row.id);
    },
    forgetOpinions: async ({ id }) => {
      const emptied = await readRows<{ id: Awaited<ReturnType<WordsStore['forgetOpinions']>>[number] }>(
        executor,
        sql`
          update answer_feedback set said = null where person_id = ${id} and said is not null
          returning post_id as id`,
      );
      return emptied.map((row) => row.id);
    },
    forgetDeliveries: async ({ externalId }) => {
      await executor.execute(sql`
        update inbox set intent = intent
          || case when intent ? 'text' then '{"text": ""}'::jsonb else '{}' end
          || case when intent ? 'values' then '{"values": {}}'::jsonb else '{}' end
        where state <> 'received' and intent->'speaker'->>'externalId' = ${externalId}`);
    },
    forgetCases: ({ externalId, name }) =>
      readRows<OwnCase>(
        executor,
        sql`
          with own as (
            select v.solution_id from solution_versions v
            join solutions s on s.id = v.solution_id where s.kind = 'case'
            group by v.solution_id
            having bool_and(v.author = ${externalId} and v.source = 'human'
              and coalesce(v.content->'case'->'people', '[]') <@ jsonb_build_array(${name}::text))),
          emptied as (
            update solution_versions v set text = '', content = ${JSON.stringify({ kind: 'case', case: forgotten })}::text::jsonb,
              state = 'retired', state_reason = 'its author had their words deleted'
            from own where v.solution_id = own.solution_id and v.text <> '' returning v.solution_id, v.id)
          select solution_id as id, array_agg(id) as versions from emptied group by solution_id`,
      ),
  };
}

const forgotten: Case = {
  title: 'A case whose words were deleted',
  symptoms: '',
  rootCause: '',
  resolution: '',
  validation: '',
  tags: [],
  owner: '',
  appliesTo: {},
};
