import { and, eq, inArray } from 'drizzle-orm';
import type { SolutionId } from '#domain/ids.ts';
import type { Solution } from '#domain/solution.ts';
import type { Embedder } from '#ports/embedder.ts';
import type { Candidate, SolutionSearch } from '#ports/solution-search.ts';
import type { Database, Executor } from '../database.ts';
import { inWorkspace } from '../in-workspace.ts';
import { solutions, solutionVersions } from '../schema/knowledge.ts';
import { translateFault } from '../translate-fault.ts';
import { embedQuery } from './embed-query.ts';
import { type Found, findByWords } from './find-by-words.ts';
import { findNearest } from './find-nearest.ts';
import { fuse } from './fuse.ts';
import { loadSynonyms, type SynonymGroup } from './load-synonyms.ts';
import { defaultSearchSettings, type SearchSettings } from './search-settings.ts';

export interface SolutionSearchOptions {
  readonly database: Database;
  /** Without one, or while it fails, words alone decide. */
  readonly embedder?: Embedder | null;
  readonly settings?: SearchSettings;
  readonly synonyms?: readonly SynonymGroup[];
}

/** Searches the solutions in force of a workspace by their words and, with an embedder, by their meaning too. */
export function createSolutionSearch(options: SolutionSearchOptions): SolutionSearch {
  const { database, embedder = null, settings = defaultSearchSettings } = options;
  const synonyms = options.synonyms ?? loadSynonyms();
  return {
    find: async ({ workspace, text, limit }) => {
      const vector = await embedQuery(embedder, text);
      return translateFault(() =>
        inWorkspace(database, workspace, async (executor) => {
          const byWords = await findByWords(executor, text, synonyms, settings);
          const nearest = vector ? await findNearest(executor, vector, settings.pool) : [];
          return withSolutions(executor, fuse(byWords, nearest, settings.dense).slice(0, limit));
        }),
      );
    },
  };
}

async function withSolutions(executor: Executor, found: readonly Found[]): Promise<readonly Candidate[]> {
  const read = await readSolutions(
    executor,
    found.map(({ id }) => id),
  );
  const byId = new Map(read.map((solution) => [solution.id, solution]));
  return found.flatMap(({ id, similarity, matchedWords }) => {
    const solution = byId.get(id);
    return solution ? [{ solution, similarity, matchedWords }] : [];
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
