import type { VersionId } from '#domain/ids.ts';
import type { DecidedSolution } from '#domain/review/decided-solution.ts';
import { mayReview } from '#domain/review/may-review.ts';
import type { UnusedSolution } from '#ports/stores/solution-store.ts';
import type { Transaction } from '#ports/unit-of-work.ts';
import type { Core } from './core.ts';
import type { Deciding } from './decide-review.ts';

/** What a person makes of what nobody has used for long: it stays in force, or is out of it for good. */
export type UnusedDecision = 'kept' | 'retired';

interface Asked {
  readonly decision: UnusedDecision;
  readonly notes: string;
}

type Needs = Pick<Core, 'settings'>;

/** What of this name is in force and unused for so long that somebody is to say whether it is needed. */
export async function findUnused(
  { settings }: Needs,
  { solutions }: Pick<Transaction, 'solutions'>,
  slug: string,
): Promise<UnusedSolution | undefined> {
  const [found] = await solutions.unused(1, settings.fold.retireAfterDays, { slug });
  return found;
}

/** Whoever wrote it or an approver decides: to keep it changes nothing of what is shown, so nobody else has to say yes. */
export async function decideUnused(
  needs: Needs,
  transaction: Transaction,
  reviewer: Deciding,
  { id, ...asked }: Asked & { readonly id: VersionId },
): Promise<DecidedSolution> {
  const known = await transaction.solutions.version(id);
  if (!known) return { kind: 'gone' };
  const answer = mayReview(reviewer, known, 'rejected', needs.settings.policy);
  if (answer.kind !== 'allowed') return { kind: 'denied', answer };
  const found = await settleNamed(needs, transaction, known.slug, reviewer.externalId, asked, id);
  return found ? { kind: 'decided', slug: found.slug, version: found.version } : { kind: 'gone' };
}

/** The same by name for whoever has the shell, who is asked for no role; false when nothing of that name waits. */
export async function decideUnusedNamed(
  needs: Needs,
  transaction: Transaction,
  slug: string,
  by: string,
  asked: Asked,
): Promise<boolean> {
  return (await settleNamed(needs, transaction, slug, by, asked)) !== undefined;
}

/** Whoever holds the solution changes its state, so that what was found unused still is. */
async function settleNamed(
  needs: Needs,
  transaction: Transaction,
  slug: string,
  by: string,
  asked: Asked,
  id?: VersionId,
): Promise<UnusedSolution | undefined> {
  const first = await findUnused(needs, transaction, slug);
  if (!first) return undefined;
  await transaction.reviews.hold(first.id);
  const found = await findUnused(needs, transaction, slug);
  if (!found || (id !== undefined && found.versionId !== id)) return undefined;
  await settle(transaction, found, by, asked);
  return found;
}

async function settle(
  { solutions, searchIndex, audit }: Transaction,
  { id, versionId: version }: UnusedSolution,
  actor: string,
  { decision, notes }: Asked,
): Promise<void> {
  if (decision === 'kept') await solutions.keep(version);
  else {
    await solutions.retire(version, `retired by ${actor}${notes === '' ? '' : `: ${notes}`}`);
    await searchIndex.remove([id]);
  }
  await audit.append({ actor, event: `solution.${decision}`, details: { solution: id, version, notes } });
}
