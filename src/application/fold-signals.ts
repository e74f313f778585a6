import {
  countRecurrences,
  type MergedCase,
  resolveMerges,
  seenOnce,
} from '#domain/case-merge/resolve-merges.ts';
import type { SolutionId, WorkspaceId } from '#domain/ids.ts';
import { countHelped } from '#domain/learning/count-helped.ts';
import { foldSignals } from '#domain/learning/fold-signals.ts';
import { judgeDeprecation } from '#domain/learning/judge-deprecation.ts';
import { judgeQuality } from '#domain/learning/quality.ts';
import type { Signal } from '#domain/learning/signal.ts';
import { neverUsed, type SolutionRate } from '#domain/learning/success-rate.ts';
import { type SolutionUse, weighUse } from '#domain/learning/use.ts';
import { deprecationReason } from '#domain/wording/deprecation-reason.ts';
import type { LearntWords } from '#ports/stores/search-index.ts';
import type { Transaction } from '#ports/unit-of-work.ts';
import type { Core } from './core.ts';
import { ownersChannel } from './owners-place.ts';
import { tellDeprecation } from './tell-deprecation.ts';
import { type Folded, type OwnersTold, tellOwners } from './tell-owners.ts';
import { tellUnused } from './tell-unused.ts';

export interface FoldReport {
  readonly signals: number;
  /** Solutions that there are signals about. */
  readonly solutions: number;
  /** The slugs of those that were deprecated just now. */
  readonly deprecated: readonly string[];
}

/** With what owners were told of just now. */
export type WholeFold = FoldReport & OwnersTold & { readonly unused: readonly string[] };

/** Longer than any fold takes; a replica that dies in one blocks the others no longer than this. */
const leaseMs = 5 * 60_000;

type Needs = Pick<
  Core,
  | 'unitOfWork'
  | 'leases'
  | 'workspaces'
  | 'clock'
  | 'ids'
  | 'settings'
  | 'instance'
  | 'redact'
  | 'postsWaiting'
>;

/**
 * Recomputes all success rates of a workspace, and what its solutions are found by from use, from rows, and takes out of
 * force what has stopped working; owners are told what that asks of them. Again with the same rows on the same day it
 * changes nothing. `busy` when another replica is at it right now.
 */
export function createFoldWorkspace(needs: Needs) {
  const { unitOfWork, leases, instance, postsWaiting } = needs;
  return async (workspace: WorkspaceId): Promise<WholeFold | 'busy'> => {
    const lease = `fold:${workspace}`;
    if (!(await leases.acquire(lease, instance, leaseMs))) return 'busy';
    try {
      const channel = await ownersChannel(needs, workspace);
      const folded = await unitOfWork.within(workspace, (one) => foldWithin(needs, one, channel));
      const { deprecated, suggested, declined, unused } = folded;
      if ([deprecated, suggested, declined, unused].some(({ length }) => length > 0)) postsWaiting();
      return folded;
    } finally {
      await leases.release(lease, instance);
    }
  };
}

async function foldWithin(
  needs: Needs,
  transaction: Transaction,
  channel: string | null,
): Promise<WholeFold> {
  const { signals, searchIndex } = transaction;
  const { settings, clock } = needs;
  const merged = await transaction.merges.all();
  const merges = resolveMerges(merged);
  const lastFoldAt = await signals.lastFoldAt();
  const found = await signals.all(merges);
  const rates = await computeRates(needs, transaction, found, merged);
  const count = [...found.values()].reduce((sum, all) => sum + all.length, 0);
  await signals.saveFold(rates, count);
  const deprecated = await deprecate(needs, transaction, { found, channel });
  const uses = await signals.uses(settings.uses.mostPerSolution, merges);
  await searchIndex.learn(wordsOf(needs, uses, clock.now()));
  const told = await tellOwners(needs, transaction, { channel, found });
  const unused = await tellUnused(needs, transaction, channel, lastFoldAt);
  return { signals: count, solutions: found.size, deprecated, ...told, unused };
}

async function computeRates(
  { settings, clock }: Needs,
  { signals }: Transaction,
  found: ReadonlyMap<SolutionId, readonly Signal[]>,
  merged: readonly MergedCase[],
): Promise<ReadonlyMap<SolutionId, SolutionRate>> {
  const merges = resolveMerges(merged);
  const recurrences = countRecurrences(merged, merges);
  const counts = await signals.counts(merges);
  const authors = await signals.authors(merges);
  const now = clock.now();
  // What was saved again and never shown has no counts.
  return new Map(
    [...new Set([...counts.keys(), ...recurrences.keys()])].map((id) => {
      const uses = { ...neverUsed, ...counts.get(id) };
      const own = found.get(id) ?? [];
      const rate = foldSignals(own, now, settings.fold);
      const helped = countHelped(own, authors.get(id) ?? new Set());
      const seen = recurrences.get(id) ?? seenOnce;
      return [id, { ...uses, ...rate, ...seen, quality: judgeQuality(rate.success, uses), helped }];
    }),
  );
}

/** Only what was said of the version in force counts, since somebody last put it there. */
async function deprecate(needs: Needs, transaction: Transaction, folded: Folded): Promise<readonly string[]> {
  const { settings, clock } = needs;
  const { signals, solutions, searchIndex, audit } = transaction;
  const done: string[] = [];
  for (const [id, { versionId, slug, revivedAt }] of await signals.inForce()) {
    const own = (folded.found.get(id) ?? []).filter(
      ({ version, at }) => version === versionId && at > (revivedAt ?? 0),
    );
    const judged = judgeDeprecation(own, clock.now(), settings.fold);
    if (!judged || !(await solutions.deprecate(versionId, deprecationReason(judged)))) continue;
    await searchIndex.remove([id]);
    const details = { solution: id, version: versionId, ...judged };
    await audit.append({ actor: 'fold', event: 'solution.deprecated', details });
    await tellDeprecation(needs, transaction, folded, slug);
    done.push(slug);
  }
  return done;
}

function wordsOf(
  { redact, settings }: Needs,
  uses: readonly SolutionUse[],
  now: number,
): readonly LearntWords[] {
  return uses.flatMap((use) => {
    const weight = weighUse(use, now, settings.uses);
    const { solutionId, incidentId: source, problem } = use;
    // Stored text is redacted; a secret that became known since then must not be learnt either.
    return weight === 0 ? [] : [{ solutionId, source, text: redact(problem), weight }];
  });
}
