import type { OpenDatabase } from '#adapters/postgres/database.ts';
import { createLeases } from '#adapters/postgres/leases.ts';
import { createUnitOfWork } from '#adapters/postgres/unit-of-work.ts';
import { createWorkspaces } from '#adapters/postgres/workspaces.ts';
import { createIds } from '#adapters/system/create-ids.ts';
import { createFoldWorkspace } from '#application/fold-signals.ts';
import type { PersonId, RecommendationId, SolutionId, WorkspaceId } from '#domain/ids.ts';
import type { Speaker } from '#domain/intent.ts';
import { defaultFoldSettings } from '#domain/learning/fold-settings.ts';
import { defaultOwnersSettings } from '#domain/learning/owners-settings.ts';
import { defaultUseSettings } from '#domain/learning/use.ts';
import type { Solution } from '#domain/solution.ts';
import type { Transaction } from '#ports/unit-of-work.ts';
import type { EvaluationQuery } from './load-evaluation-set.ts';
import { createRandom } from './realistic/random.ts';

/** A query that people confirmed a document for. */
export interface ConfirmedUse {
  readonly query: EvaluationQuery;
  readonly document: string;
}

/**
 * A seeded share of each document's queries, never all of them: what a team may have confirmed before the rest is
 * asked. A query with several right documents may be confirmed for each.
 */
export function chooseUses(
  queries: readonly EvaluationQuery[],
  share: number,
  seed: number,
): readonly ConfirmedUse[] {
  const random = createRandom(seed);
  const byDocument = Map.groupBy(
    queries.flatMap((query) => query.relevant.map((document) => ({ query, document }))),
    ({ document }) => document,
  );
  return [...byDocument.keys()].sort().flatMap((document) => {
    const own = byDocument.get(document) ?? [];
    const count = Math.min(own.length - 1, Math.round(own.length * share));
    return own
      .map((use) => ({ use, place: random.next() }))
      .sort((one, other) => one.place - other.place)
      .slice(0, count)
      .map(({ use }) => use);
  });
}

const bench: Speaker = { externalId: 'bench', name: 'Bench', standing: 'member', groups: [] };

/** Confirms uses in a workspace as people do it, by votes that the product's fold turns into what it has learnt. */
export function createLearning(open: OpenDatabase, workspace: WorkspaceId) {
  const ids = createIds();
  const unitOfWork = createUnitOfWork(open, ids, () => Promise.resolve());
  const fold = createFoldWorkspace({
    unitOfWork,
    leases: createLeases(open.database),
    workspaces: createWorkspaces(open.database, ids),
    ids,
    postsWaiting: () => undefined,
    clock: { now: () => Date.now() },
    settings: {
      fold: defaultFoldSettings,
      owners: defaultOwnersSettings,
      uses: defaultUseSettings,
    } as Parameters<typeof createFoldWorkspace>[0]['settings'],
    instance: 'bench',
    redact: (text) => text,
  });
  /** Votes for all of these, and makes the workspace forget what it learnt before. */
  const learn = async (uses: readonly ConfirmedUse[]): Promise<void> => {
    await unitOfWork.within(workspace, async (transaction) => {
      const solutions = new Map((await transaction.solutions.all()).map((one) => [one.slug, one]));
      const person = await transaction.people.meet(bench, 'bench');
      for (const { query, document } of uses) {
        const solution = solutions.get(document);
        if (solution) await confirm(transaction, ids, { query, solution, person: person.id });
      }
    });
    await fold(workspace);
  };
  const forget = async (): Promise<void> => {
    await unitOfWork.within(workspace, async ({ signals, recommendations, people }) => {
      const person = await people.meet(bench, 'bench');
      for (const { incidentId } of await signals.uses(Number.MAX_SAFE_INTEGER)) {
        for (const { id } of await recommendations.inIncident(incidentId))
          await recommendations.unvote(id, person.id, 'worked');
      }
    });
    await fold(workspace);
  };
  return { learn, forget };
}

async function confirm(
  { incidents, recommendations }: Transaction,
  ids: ReturnType<typeof createIds>,
  { query, solution, person }: { query: EvaluationQuery; solution: Solution; person: PersonId },
): Promise<void> {
  const thread = ids.nonce();
  const incident = await incidents.open({
    channel: 'bench',
    thread,
    problem: query.query,
    context: {},
    openedBy: person,
  });
  const id = ids.next<RecommendationId>();
  const score = { confidence: 1, similarity: 1, success: 1, context: 1 };
  await recommendations.add([
    {
      id,
      incidentId: incident.id,
      solutionId: solution.id satisfies SolutionId,
      versionId: solution.versionId,
      rank: 1,
      ...score,
      why: [],
      state: 'shown',
      postId: ids.next(),
      verdictPostId: null,
    },
  ]);
  await recommendations.vote(id, person, 'worked');
}
