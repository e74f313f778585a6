import { setImmediate as nextTurn } from 'node:timers/promises';
import { type FixWords, fixWords, type SharedFix, sharedFix } from '#domain/case-merge/near-duplicate.ts';
import type { SolutionId, WorkspaceId } from '#domain/ids.ts';
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

/** A case with the others whose fix has much in common with its own: very few pairs have that. */
interface Candidate {
  readonly own: CaseInForce;
  readonly others: ReadonlyMap<SolutionId, SharedFix>;
}

/** All pairs of a workspace, the most alike first. Only cases of which the fix of another has much are searched for, once each. */
export function createFindDuplicates(needs: Needs) {
  return async (workspace: WorkspaceId): Promise<readonly Duplicate[]> => {
    const all = await needs.unitOfWork.within(workspace, ({ solutions }) => solutions.all());
    const changes = changesBy(needs.commandParser);
    const cases = all.flatMap(asCase).map((own) => ({ own, words: fixWords(own.content.case, changes) }));
    const found: Duplicate[] = [];
    for await (const candidate of findCandidates(cases))
      found.push(...(await findAlike(needs, workspace, candidate)));
    const best = found.sort((one, other) => other.similarity - one.similarity);
    // Most pairs are found from both sides.
    const byPair = Map.groupBy(best, ({ from, into }) => `${from.id} ${into.id}`);
    return [...byPair.values()].flatMap((same) => same.slice(0, 1));
  };
}

const asCase = ({ content, ...one }: Solution): readonly CaseInForce[] =>
  content.kind === 'case' ? [{ ...one, content }] : [];

interface Worded {
  readonly own: CaseInForce;
  readonly words: FixWords;
}

/** Each case is compared with those alone that share a word of the fix, and everything else has its turn in between. */
async function* findCandidates(cases: readonly Worded[]): AsyncGenerator<Candidate> {
  const having = Map.groupBy(
    cases.flatMap((one) => [...one.words.keys()].map((word) => ({ word, one }))),
    ({ word }) => word,
  );
  for (const { own, words } of cases) {
    await nextTurn();
    const near = new Set([...words.keys()].flatMap((word) => having.get(word) ?? []).map(({ one }) => one));
    const shared = [...near].map(
      (other) =>
        [other.own.id, sharedFix([own.content.case, words], [other.own.content.case, other.words])] as const,
    );
    const others = new Map(shared.flatMap(([id, fix]) => (fix && id !== own.id ? [[id, fix] as const] : [])));
    if (others.size > 0) yield { own, others };
  }
}

async function findAlike(
  { search, settings }: Needs,
  workspace: WorkspaceId,
  { own, others }: Candidate,
): Promise<readonly Duplicate[]> {
  const { title, symptoms, appliesTo } = own.content.case;
  const threshold = settings.ranking.thresholds.case;
  const filter = { kinds: ['case'], context: appliesTo, hidden: [own.id] } as const;
  const query = { workspace, text: symptoms || title, limit: mostLookedAt, filter };
  return (await search.find(query)).flatMap(({ solution, similarity }) =>
    asCase(solution).flatMap((other) => {
      const shared = similarity < threshold ? undefined : others.get(other.id);
      return shared ? [{ ...inOrder(own, other), similarity, shared }] : [];
    }),
  );
}

function inOrder(one: CaseInForce, other: CaseInForce): Pick<Duplicate, 'from' | 'into'> {
  const isNewer =
    one.updatedAt > other.updatedAt || (one.updatedAt === other.updatedAt && one.slug > other.slug);
  return isNewer ? { from: one, into: other } : { from: other, into: one };
}
