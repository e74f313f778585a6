import { type SQL, sql } from 'drizzle-orm';
import type { RecommendationId } from '#domain/ids.ts';
import type { Case } from '#domain/solution.ts';
import type { OwnCase, TalkedIn, TellingOf, WordsStore } from '#ports/stores/words-store.ts';
import { readRows } from '../read-rows.ts';
import { textArray } from '../search/text-array.ts';
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
            from own where v.solution_id = own.solution_id and v.text <> '' returning v.solution_id, v.id),
          named as (select v.solution_id, jsonb_agg(distinct ${titleOf('v')}) as titles from solution_versions v
            join own on own.solution_id = v.solution_id where not exists (select from solution_versions other
              where other.solution_id <> v.solution_id and strpos(${titleOf('other')}, ${titleOf('v')}) > 0)
            group by v.solution_id)
          select e.solution_id as id, s.slug, jsonb_agg(distinct e.id) as versions, coalesce(n.titles, '[]') as titles
          from emptied e join solutions s on s.id = e.solution_id left join named n on n.solution_id = e.solution_id
          group by e.solution_id, s.slug, n.titles`,
      ),
    tellingOf: async (own) => ({
      recommendations: (
        await readRows<{ id: RecommendationId }>(
          executor,
          sql`select id from recommendations where solution_id = ${own.id}`,
        )
      ).map(({ id }) => id),
      posts: await readRows<TellingOf['posts'][number]>(executor, telling(own)),
    }),
  };
}

/** The statement before reads what the versions were called, and not what they are emptied to. */
const titleOf = (version: string): SQL =>
  sql.raw(`coalesce(${version}.content->'case'->>'title', ${version}.content->'runbook'->>'title', '')`);

/** Names as they stand in the text of a message, which is JSON. */
function telling({ id, versions, titles }: OwnCase): SQL {
  const marks = [...versions, ...titles.map((title) => JSON.stringify(title).slice(1, -1))];
  return sql`
    select p.id, p.reply from posts p
    where p.only_for is null and (p.id in (select r.post_id from recommendations r where r.solution_id = ${id})
      or exists (select from unnest(${textArray(marks.filter((mark) => mark !== ''))}) mark where strpos(p.reply::text, mark) > 0))
    order by p.id`;
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
