import { nearDuplicate, type SharedFix } from '#domain/case-merge/near-duplicate.ts';
import type { WorkspaceId } from '#domain/ids.ts';
import type { Solution } from '#domain/solution.ts';
import { changesBy } from './changes-by.ts';
import type { Core } from './core.ts';
import type { CaseInForce } from './merge-cases.ts';

/** Two cases in force that tell the same; `from` is the newer one. */
export interface Duplicate {
  readonly from: CaseInForce;
  readonly into: CaseInForce;
  /** How well the search finds the one by the other, 0…1. */
  readonly similarity: number;
  readonly shared: SharedFix;
}

type Needs = Pick<Core, 'unitOfWork' | 'search' | 'settings' | 'commandParser'>;

const mostLookedAt = 10;

/** All pairs of a workspace, the most alike first; each case is searched for once. */
export function createFindDuplicates(needs: Needs) {
  return async (workspace: WorkspaceId): Promise<readonly Duplicate[]> => {
    const all = await needs.unitOfWork.within(workspace, ({ solutions }) => solutions.all());
    const found: Duplicate[] = [];
    for (const own of all.flatMap(asCase)) found.push(...(await findAlike(needs, workspace, own)));
    const best = found.sort((one, other) => other.similarity - one.similarity);
    // Most pairs are found from both sides.
    const byPair = Map.groupBy(best, ({ from, into }) => `${from.id} ${into.id}`);
    return [...byPair.values()].flatMap((same) => same.slice(0, 1));
  };
}

const asCase = ({ content, ...one }: Solution): readonly CaseInForce[] =>
  content.kind === 'case' ? [{ ...one, content }] : [];

async function findAlike(
  { search, settings, commandParser }: Needs,
  workspace: WorkspaceId,
  own: CaseInForce,
): Promise<readonly Duplicate[]> {
  const { title, symptoms, appliesTo } = own.content.case;
  const threshold = settings.ranking.thresholds.case;
  const changes = changesBy(commandParser);
  const filter = { kinds: ['case'], context: appliesTo, hidden: [own.id] } as const;
  const query = { workspace, text: symptoms || title, limit: mostLookedAt, filter };
  return (await search.find(query)).flatMap(({ solution, similarity }) =>
    asCase(solution).flatMap((other) => {
      const shared = nearDuplicate(own.content.case, other.content.case, { similarity, threshold, changes });
      return shared ? [{ ...inOrder(own, other), similarity, shared }] : [];
    }),
  );
}

function inOrder(one: CaseInForce, other: CaseInForce): Pick<Duplicate, 'from' | 'into'> {
  const isNewer =
    one.updatedAt > other.updatedAt || (one.updatedAt === other.updatedAt && one.slug > other.slug);
  return isNewer ? { from: one, into: other } : { from: other, into: one };
}
