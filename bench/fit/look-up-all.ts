import { inWorkspace } from '#adapters/postgres/in-workspace.ts';
import { solutions } from '#adapters/postgres/schema/knowledge.ts';
import { lookUp } from '#adapters/postgres/search/find-by-words.ts';
import type { SynonymRule } from '#adapters/postgres/search/read-synonym-rules.ts';
import type { SearchSettings } from '#adapters/postgres/search/search-settings.ts';
import type { BenchDatabase } from '../load-corpus.ts';
import type { EvaluationQuery } from '../load-evaluation-set.ts';
import type { Labelled } from './labelled.ts';

/** Looks every question up with these settings; what is weighed later can be fitted on the result. */
export async function lookUpAll(
  { open, workspace }: BenchDatabase,
  queries: readonly EvaluationQuery[],
  synonyms: readonly SynonymRule[],
  settings: SearchSettings,
): Promise<readonly Labelled[]> {
  const rows = await open.database.select({ id: solutions.id, slug: solutions.slug }).from(solutions);
  const slugs = new Map<string, string>(rows.map(({ id, slug }) => [id, slug]));
  const groups = groupsOf(queries);
  const found: Labelled[] = [];
  for (const [at, query] of queries.entries()) {
    const looked = await inWorkspace(open.database, workspace, (executor) =>
      lookUp(executor, { text: query.query }, synonyms, settings),
    );
    const isRight = (id: string): boolean => query.relevant.includes(slugs.get(id) ?? '');
    found.push({ query, group: groups[at] ?? '', looked, isRight });
  }
  return found;
}

/** Unites questions that share a right document. */
function groupsOf(all: readonly EvaluationQuery[]): readonly string[] {
  const parent = new Map<string, string>();
  const find = (one: string): string => {
    const up = parent.get(one) ?? one;
    return up === one ? one : find(up);
  };
  for (const { relevant } of all)
    for (const other of relevant) parent.set(find(other), find(relevant[0] ?? other));
  return all.map(({ id, relevant: [first] }) => (first === undefined ? id : find(first)));
}
