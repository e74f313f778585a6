import { and, asc, eq, inArray, max, notInArray, type SQL, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import type { RunId, VersionId } from '#domain/ids.ts';
import type { ReviewDecision, WaitingReview } from '#domain/review/review.ts';
import type { Decided, Proposal, ReviewStore } from '#ports/stores/review-store.ts';
import { first } from '../rows.ts';
import { solutions, solutionVersions } from '../schema/knowledge.ts';
import { reviews } from '../schema/reviews.ts';
import type { StoreScope } from '../unit-of-work.ts';
import { createDeclines } from './declines.ts';
import { addVersionTo, ensureSolution, supersede } from './version-store.ts';

export function createReviewStore(scope: StoreScope): ReviewStore {
  const { executor, workspace } = scope;
  return {
    propose: (proposal) => propose(scope, proposal),
    hold: async (id) => {
      await executor.select({ id: solutions.id }).from(solutions).where(eq(solutions.id, id)).for('update');
    },
    join: (id, more) => join(scope, id, more),
    wasRejected: (proposed) => wasRejected(scope, proposed),
    waiting: (limit, hidden = []) => readWaiting(scope, notInArray(solutions.id, [...hidden]), limit),
    find: async (id) => first(await readWaiting(scope, eq(solutionVersions.id, id), 1)),
    named: (slug) => readWaiting(scope, eq(solutions.slug, slug), 100),
    setPost: async (versionId, postId) => {
      await executor
        .insert(reviews)
        .values({ versionId, workspaceId: workspace, postId })
        .onConflictDoUpdate({ target: reviews.versionId, set: { postId } });
    },
    attach: (id, evidence) => attach(scope, id, evidence),
    withdraw: (id, reason) => withdraw(scope, id, reason),
    postOf: async (id) =>
      first(await executor.select({ postId: reviews.postId }).from(reviews).where(eq(reviews.versionId, id)))
        ?.postId ?? null,
    decide: (id, decision) => decide(scope, id, decision),
    ...createDeclines(scope),
  };
}

/** The row of the solution is held from its upsert on, so that two proposals get two numbers. */
async function propose(scope: StoreScope, proposal: Proposal): Promise<VersionId> {
  const { executor, workspace } = scope;
  const { version, parent, why, evidence, runs } = proposal;
  const solutionId = await ensureSolution(scope, { ...version, state: 'in-review' });
  const [newest] = await executor
    .select({ number: max(solutionVersions.version) })
    .from(solutionVersions)
    .where(eq(solutionVersions.solutionId, solutionId));
  const { author, source, text, content } = version;
  const versionId = await addVersionTo(scope, solutionId, {
    ...{ author, source, text, content, parentId: parent, stateReason: null },
    version: (newest?.number ?? 0) + 1,
    state: 'in-review',
  });
  await executor
    .insert(reviews)
    .values({ versionId, workspaceId: workspace, why, evidence, runs: [...new Set(runs)] });
  return versionId;
}

const keptEvidence = 6_000;
const keptRuns = 50;

async function join({ executor }: StoreScope, id: VersionId, more: { evidence: string; run: RunId }) {
  const row = first(await executor.select().from(reviews).where(eq(reviews.versionId, id)));
  if (!row || row.runs.includes(more.run)) return;
  const evidence = joined(row.evidence, more.evidence);
  const runs = [...row.runs, more.run].slice(-keptRuns);
  await executor.update(reviews).set({ evidence, runs }).where(eq(reviews.versionId, id));
}

const joined = (before: string, more: string): string =>
  `${before}\n\n${more}`.trim().slice(-keptEvidence).toWellFormed();

async function attach({ executor }: StoreScope, id: VersionId, more: string): Promise<void> {
  const row = first(await executor.select().from(reviews).where(eq(reviews.versionId, id)));
  if (!row) return;
  const evidence = joined(row.evidence, more);
  await executor.update(reviews).set({ evidence }).where(eq(reviews.versionId, id));
}

async function wasRejected(
  { executor }: StoreScope,
  { parent, why }: Pick<Proposal, 'parent' | 'why'>,
): Promise<boolean> {
  if (parent === null) return false;
  const rejected = await executor
    .select({ id: reviews.versionId })
    .from(reviews)
    .innerJoin(solutionVersions, eq(solutionVersions.id, reviews.versionId))
    .where(
      and(
        ...[eq(solutionVersions.parentId, parent), eq(solutionVersions.state, 'rejected')],
        // Where it was taken up by another proposal it is one of several reasons.
        sql`strpos(${reviews.why}, ${why}) > 0`,
      ),
    )
    .limit(1);
  return rejected.length > 0;
}

const parents = alias(solutionVersions, 'parents');
const forces = alias(solutionVersions, 'forces');

async function readWaiting(
  { executor }: StoreScope,
  condition: SQL | undefined,
  limit: number,
): Promise<readonly WaitingReview[]> {
  const rows = await executor
    .select({
      version: solutionVersions,
      solution: solutions,
      review: reviews,
      parent: { versionId: parents.id, version: parents.version, text: parents.text },
      inForce: { versionId: forces.id, version: forces.version, text: forces.text },
    })
    .from(solutionVersions)
    .innerJoin(solutions, eq(solutions.id, solutionVersions.solutionId))
    .leftJoin(reviews, eq(reviews.versionId, solutionVersions.id))
    .leftJoin(parents, eq(parents.id, solutionVersions.parentId))
    .leftJoin(
      forces,
      and(eq(forces.solutionId, solutions.id), inArray(forces.state, ['active', 'deprecated'])),
    )
    .where(and(eq(solutionVersions.state, 'in-review'), condition))
    .orderBy(asc(solutionVersions.createdAt), asc(solutionVersions.id))
    .limit(limit);
  return rows.map(({ version, solution, review, parent, inForce }) => ({
    ...{ versionId: version.id, solutionId: solution.id, slug: solution.slug, version: version.version },
    ...{ content: version.content, text: version.text, author: version.author, source: version.source },
    ...{ origin: solution.origin, createdAt: version.createdAt, before: inForce ?? parent },
    parentId: version.parentId,
    why: review?.why ?? '',
    evidence: review?.evidence ?? '',
    runs: review?.runs ?? [],
    postId: review?.postId ?? null,
  }));
}

async function withdraw({ executor }: StoreScope, id: VersionId, stateReason: string): Promise<boolean> {
  const withdrawn = await executor
    .update(solutionVersions)
    .set({ state: 'superseded', stateReason })
    .where(and(eq(solutionVersions.id, id), eq(solutionVersions.state, 'in-review')))
    .returning({ id: solutionVersions.id });
  return withdrawn.length > 0;
}

/** Another one counts by now than the one that it was made from, or a newer one. */
const isOutdated = (
  { parentId, version }: { readonly parentId: VersionId | null; readonly version: number },
  inForce: { readonly id: VersionId; readonly version: number },
): boolean => inForce.version > version || (parentId !== null && inForce.id !== parentId);

async function decide(
  scope: StoreScope,
  id: VersionId,
  { decision, by, notes }: ReviewDecision,
): Promise<Decided> {
  const { executor, workspace } = scope;
  const version = await lockWaiting(scope, id);
  if (!version) return { kind: 'gone' };
  const { solutionId, parentId } = version;
  const inForce = await versionInForce(scope, id);
  if (decision === 'approved') {
    if (inForce && isOutdated(version, inForce)) return { kind: 'outdated', inForce: inForce.version };
    await supersede(scope, solutionId);
  }
  await executor
    .update(solutionVersions)
    .set({
      state: decision === 'approved' ? 'active' : 'rejected',
      stateReason: notes === '' ? `${decision} by ${by}` : `${decision} by ${by}: ${notes}`,
      // What this version replaces was not said of it: only what is said from now on can deprecate it.
      ...(decision === 'approved' ? { parentId: parentId ?? inForce?.id ?? null } : {}),
    })
    .where(eq(solutionVersions.id, id));
  const decided = { decision, decidedBy: by, notes, decidedAt: sql`now()` };
  const [row] = await executor
    .insert(reviews)
    .values({ versionId: id, workspaceId: workspace, ...decided })
    .onConflictDoUpdate({ target: reviews.versionId, set: decided })
    .returning({ postId: reviews.postId });
  return { kind: 'decided', solutionId, postId: row?.postId ?? null };
}

/** The row of the solution first, as whoever stores a version takes it: two decisions on one solution wait for each other. */
async function lockWaiting({ executor }: StoreScope, id: VersionId) {
  const isWaiting = and(eq(solutionVersions.id, id), eq(solutionVersions.state, 'in-review'));
  const of = first(
    await executor.select({ id: solutionVersions.solutionId }).from(solutionVersions).where(isWaiting),
  );
  if (!of) return undefined;
  await executor.select({ id: solutions.id }).from(solutions).where(eq(solutions.id, of.id)).for('update');
  return first(
    await executor
      .select({
        solutionId: solutionVersions.solutionId,
        parentId: solutionVersions.parentId,
        version: solutionVersions.version,
      })
      .from(solutionVersions)
      .where(isWaiting)
      .for('update'),
  );
}

async function versionInForce({ executor }: StoreScope, id: VersionId) {
  return first(
    await executor
      .select({ id: forces.id, version: forces.version })
      .from(solutionVersions)
      .innerJoin(
        forces,
        and(
          eq(forces.solutionId, solutionVersions.solutionId),
          inArray(forces.state, ['active', 'deprecated']),
        ),
      )
      .where(eq(solutionVersions.id, id)),
  );
}
