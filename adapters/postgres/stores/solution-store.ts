import { and, desc, eq, inArray, notInArray, sql } from 'drizzle-orm';
import type { SolutionId, VersionId } from '#domain/ids.ts';
import type { Solution } from '#domain/solution.ts';
import type { SolutionStore } from '#ports/stores/solution-store.ts';
import { first } from '../rows.ts';
import { solutions, solutionVersions, successRates } from '../schema/knowledge.ts';
import type { StoreScope } from '../unit-of-work.ts';
import { createDeprecations } from './deprecations.ts';
import { putVersions } from './put-versions.ts';
import { readLabels } from './read-labels.ts';

const columns = {
  id: solutions.id,
  slug: solutions.slug,
  origin: solutions.origin,
  versionId: solutionVersions.id,
  version: solutionVersions.version,
  content: solutionVersions.content,
  updatedAt: solutionVersions.createdAt,
};

const versionColumns = {
  slug: solutions.slug,
  solutionId: solutions.id,
  content: solutionVersions.content,
  text: solutionVersions.text,
  origin: solutions.origin,
  version: solutionVersions.version,
  author: solutionVersions.author,
  state: solutionVersions.state,
};

export function createSolutionStore(scope: StoreScope): SolutionStore {
  const { executor } = scope;
  const inForce = () =>
    executor
      .select(columns)
      .from(solutions)
      .innerJoin(
        solutionVersions,
        and(eq(solutionVersions.solutionId, solutions.id), eq(solutionVersions.state, 'active')),
      )
      .$dynamic();
  return {
    putAll: (versions) => putVersions(scope, versions),
    find: async (id): Promise<Solution | undefined> => first(await inForce().where(eq(solutions.id, id))),
    named: async (slug): Promise<Solution | undefined> =>
      first(await inForce().where(eq(solutions.slug, slug))),
    last: (slug) => readLast(scope, slug),
    ofOrigin: (origin) => readOfOrigin(scope, origin),
    version: async (id) =>
      first(
        await executor
          .select(versionColumns)
          .from(solutionVersions)
          .innerJoin(solutions, eq(solutions.id, solutionVersions.solutionId))
          .where(eq(solutionVersions.id, id)),
      ),
    retire: (id, reason) => retire(scope, id, reason),
    ...createDeprecations(scope),
    thank: (id) => thank(scope, id),
    all: () => inForce().orderBy(solutions.slug),
    slugs: () => executor.select({ id: solutions.id, slug: solutions.slug }).from(solutions),
    labels: () => readLabels(scope),
    rates: async (wanted) => {
      if (wanted.length === 0) return new Map();
      const rows = await executor
        .select()
        .from(successRates)
        .where(inArray(successRates.solutionId, [...wanted]));
      return new Map(rows.map((row) => [row.solutionId, row]));
    },
  };
}

async function thank({ executor }: StoreScope, id: SolutionId): Promise<boolean> {
  const thanked = await executor
    .update(solutions)
    .set({ thankedAt: sql`now()` })
    .where(and(eq(solutions.id, id), sql`(${solutions.thankedAt} > now() - interval '1 day') is not true`))
    .returning({ id: solutions.id });
  return thanked.length > 0;
}

async function readLast({ executor }: StoreScope, slug: string) {
  const wasInForce = notInArray(solutionVersions.state, ['draft', 'in-review', 'rejected']);
  const found = first(
    await executor
      .select({ ...columns, state: solutionVersions.state })
      .from(solutions)
      .innerJoin(solutionVersions, and(eq(solutionVersions.solutionId, solutions.id), wasInForce))
      .where(eq(solutions.slug, slug))
      .orderBy(desc(solutionVersions.version))
      .limit(1),
  );
  return found?.state === 'retired' ? undefined : found;
}

async function readOfOrigin({ executor }: StoreScope, origin: string) {
  const inForce = and(
    eq(solutionVersions.solutionId, solutions.id),
    inArray(solutionVersions.state, ['active', 'deprecated']),
  );
  const rows = await executor
    .select({ slug: solutions.slug, versionId: solutionVersions.id })
    .from(solutions)
    .leftJoin(solutionVersions, inForce)
    .where(and(eq(solutions.origin, origin), eq(solutions.kind, 'runbook')))
    .orderBy(solutions.createdAt)
    .limit(1);
  return first(rows);
}

async function retire(
  { executor }: StoreScope,
  id: VersionId,
  stateReason: string,
): Promise<SolutionId | undefined> {
  const retired = await executor
    .update(solutionVersions)
    .set({ state: 'retired', stateReason })
    .where(and(eq(solutionVersions.id, id), inArray(solutionVersions.state, ['active', 'deprecated'])))
    .returning({ id: solutionVersions.solutionId });
  return first(retired)?.id;
}
