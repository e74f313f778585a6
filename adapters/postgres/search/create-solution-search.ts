import { and, eq, inArray } from 'drizzle-orm';
import type { SolutionId } from '#domain/ids.ts';
import type { Solution } from '#domain/solution.ts';
import type { Candidate, SolutionSearch } from '#ports/solution-search.ts';
import type { Database, Executor } from '../database.ts';
import { inWorkspace } from '../in-workspace.ts';
import { solutions, solutionVersions } from '../schema/knowledge.ts';
import { translateFault } from '../translate-fault.ts';
import { createEmbedQuery } from './embed-query.ts';
import { type Found, findByWords } from './find-by-words.ts';
import { findNearest } from './find-nearest.ts';
import { fuse } from './fuse.ts';
import { loadSynonyms } from './load-synonyms.ts';
import type { SynonymRule } from './read-synonym-rules.ts';
import { createRerank } from './rerank.ts';
import type { SearchModels } from './search-models.ts';
import { defaultSearchSettings, type SearchSettings } from './search-settings.ts';

export interface SolutionSearchOptions {
  readonly database: Database;
  /** Without them, or while they fail, words alone decide. */
  readonly models?: SearchModels | null;
  readonly settings?: SearchSettings;
  /** The shipped ones when left out; the same array every time, because its stems are kept by it. */
  readonly synonyms?: readonly SynonymRule[];
}

/**
 * Searches the solutions in force of a workspace by their words and, with models, by their meaning too. Models are
 * asked outside of the transaction.
 */
export function createSolutionSearch(options: SolutionSearchOptions): SolutionSearch {
  const { database, models = null, settings = defaultSearchSettings } = options;
  const synonyms = options.synonyms ?? loadSynonyms();
  const embedQuery = models && createEmbedQuery(models);
  const rerank = models?.reranker ? createRerank(models, settings.rerank) : null;
  return {
    find: async ({ workspace, text, limit, filter }) => {
      const vector = await embedQuery?.(text);
      const most = rerank ? Math.max(limit, settings.rerank.candidates) : limit;
      const candidates = await translateFault(() =>
        inWorkspace(database, workspace, async (executor) => {
          const byWords = await findByWords(executor, { text, filter }, synonyms, settings);
          const nearest = vector
            ? await findNearest(executor, {
                vector,
                filter,
                limit: settings.pool,
                exactUpTo: settings.dense.exactUpTo,
              })
            : [];
          return withSolutions(executor, fuse(byWords, nearest, settings.dense).slice(0, most));
        }),
      );
      return (rerank ? await rerank(text, candidates) : candidates).slice(0, limit);
    },
  };
}

async function withSolutions(executor: Executor, found: readonly Found[]): Promise<readonly Candidate[]> {
  const read = await readSolutions(
    executor,
    found.map(({ id }) => id),
  );
  const byId = new Map(read.map((solution) => [solution.id, solution]));
  return found.flatMap(({ id, similarity, explain, parts }) => {
    const solution = byId.get(id);
    return solution ? [{ solution, similarity, reasons: explain(), parts }] : [];
  });
}

async function readSolutions(executor: Executor, ids: readonly SolutionId[]): Promise<readonly Solution[]> {
  if (ids.length === 0) return [];
  return executor
    .select({
      id: solutions.id,
      slug: solutions.slug,
      origin: solutions.origin,
      versionId: solutionVersions.id,
      version: solutionVersions.version,
      content: solutionVersions.content,
      updatedAt: solutionVersions.createdAt,
    })
    .from(solutions)
    .innerJoin(
      solutionVersions,
      and(eq(solutionVersions.solutionId, solutions.id), eq(solutionVersions.state, 'active')),
    )
    .where(inArray(solutions.id, [...ids]));
}
