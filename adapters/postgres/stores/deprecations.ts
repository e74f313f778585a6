import { and, desc, eq, notInArray, sql } from 'drizzle-orm';
import type { SolutionStore } from '#ports/stores/solution-store.ts';
import { first } from '../rows.ts';
import { solutions, solutionVersions, successRates } from '../schema/knowledge.ts';
import type { StoreScope } from '../unit-of-work.ts';

/** Taking out of force what has stopped working, and putting it back; what nobody has used for long. */
export function createDeprecations({
  executor,
}: StoreScope): Pick<SolutionStore, 'deprecate' | 'revive' | 'deprecated' | 'unused' | 'keep'> {
  return {
    deprecate: async (id, stateReason) => {
      const changed = await executor
        .update(solutionVersions)
        .set({ state: 'deprecated', stateReason, deprecatedAt: sql`now()` })
        .where(and(eq(solutionVersions.id, id), eq(solutionVersions.state, 'active')))
        .returning({ id: solutionVersions.id });
      return changed.length > 0;
    },
    revive: async (slug) =>
      first(
        await executor
          .update(solutionVersions)
          .set({ state: 'active', revivedAt: sql`now()` })
          .from(solutions)
          .where(
            and(
              eq(solutions.id, solutionVersions.solutionId),
              eq(solutions.slug, slug),
              eq(solutionVersions.state, 'deprecated'),
            ),
          )
          .returning({
            id: solutionVersions.solutionId,
            versionId: solutionVersions.id,
            content: solutionVersions.content,
          }),
      ),
    deprecated: (limit, only) => readDeprecated(executor, limit, only),
    unused: (limit, afterDays, only) => readUnused(executor, limit, afterDays, only),
    keep: async (id) => {
      await executor
        .update(solutionVersions)
        .set({ revivedAt: sql`now()` })
        .where(and(eq(solutionVersions.id, id), eq(solutionVersions.state, 'active')));
    },
  };
}

/** Of what was imported it counts since when it is here. */
async function readUnused(
  executor: StoreScope['executor'],
  limit: number,
  afterDays: number,
  { slug, hidden = [] }: Parameters<SolutionStore['unused']>[2] = {},
): ReturnType<SolutionStore['unused']> {
  const { createdAt, revivedAt } = solutionVersions;
  const since = sql`greatest(${solutions.createdAt}, ${createdAt}, ${revivedAt}, ${successRates.lastUsedAt})`;
  const rows = await executor
    .select({
      id: solutions.id,
      versionId: solutionVersions.id,
      version: solutionVersions.version,
      slug: solutions.slug,
      content: solutionVersions.content,
      since: sql<number>`(extract(epoch from ${since}) * 1000)::float8`,
    })
    .from(solutionVersions)
    .innerJoin(solutions, eq(solutions.id, solutionVersions.solutionId))
    .leftJoin(successRates, eq(successRates.solutionId, solutions.id))
    .where(
      and(
        eq(solutionVersions.state, 'active'),
        slug === undefined ? undefined : eq(solutions.slug, slug),
        notInArray(solutions.id, [...hidden]),
        sql`${since} <= now() - make_interval(days => ${afterDays}::int)`,
      ),
    )
    .orderBy(since, solutions.slug)
    .limit(limit);
  return rows;
}

async function readDeprecated(
  executor: StoreScope['executor'],
  limit: number,
  { slug, hidden = [] }: Parameters<SolutionStore['deprecated']>[1] = {},
): ReturnType<SolutionStore['deprecated']> {
  const rows = await executor
    .select({
      id: solutions.id,
      versionId: solutionVersions.id,
      version: solutionVersions.version,
      since: solutionVersions.deprecatedAt,
      slug: solutions.slug,
      content: solutionVersions.content,
      reason: solutionVersions.stateReason,
    })
    .from(solutionVersions)
    .innerJoin(solutions, eq(solutions.id, solutionVersions.solutionId))
    .where(
      and(
        eq(solutionVersions.state, 'deprecated'),
        slug === undefined ? undefined : eq(solutions.slug, slug),
        notInArray(solutions.id, [...hidden]),
      ),
    )
    .orderBy(desc(solutionVersions.deprecatedAt), solutions.slug)
    .limit(limit);
  return rows.map((row) => ({ ...row, reason: row.reason ?? '' }));
}
