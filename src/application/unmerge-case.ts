import type { PostId, VersionId } from '#domain/ids.ts';
import { caseOrigin } from '#domain/review/review.ts';
import type { Solution } from '#domain/solution.ts';
import { savedCaseCard } from '#domain/wording/saved-case-card.ts';
import type { Transaction } from '#ports/unit-of-work.ts';

export type UnmergedCase =
  /** `into` is the name of what it was merged into; the version is in force now. */
  | { readonly kind: 'unmerged'; readonly into: string; readonly versionId: VersionId }
  | { readonly kind: 'refused'; readonly why: 'not-merged' }
  /** A runbook that was made from it is in force and shown in its place. */
  | { readonly kind: 'refused'; readonly why: 'replaced'; readonly runbook: string };

/** Puts a case that was merged into another back into force, as it was last saved; what it was used for is its own again. */
export async function unmergeCase(
  transaction: Transaction,
  { slug, by }: { readonly slug: string; readonly by: string },
): Promise<UnmergedCase> {
  const { solutions, searchIndex, versions, audit, merges } = transaction;
  const last = await solutions.last(slug);
  if (!last || (await merges.into(slug)) === undefined) return { kind: 'refused', why: 'not-merged' };
  // Who writes to the index holds it until their transaction ends.
  await searchIndex.remove([last.id]);
  const [kept, into] = [await solutions.last(slug), await merges.into(slug)];
  if (!kept || into === undefined) {
    const inForce = await solutions.named(slug);
    if (inForce) await searchIndex.put([inForce]);
    return { kind: 'refused', why: 'not-merged' };
  }
  const runbook = await runbookInForce(transaction, slug);
  if (runbook !== undefined) return { kind: 'refused', why: 'replaced', runbook };
  await versions.restate(kept.id, kept.version, { state: 'active', reason: null });
  await searchIndex.put([kept]);
  const details = { case: slug, version: kept.versionId, from: into };
  await audit.append({ actor: by, event: 'case.unmerged', details });
  await showCard(transaction, kept);
  return { kind: 'unmerged', into, versionId: kept.versionId };
}

/**
 * Puts back what was merged into a case that is taken away: nothing tells of it any more. What was merged into those goes on
 * counting for them. Whoever takes the case away holds the index already. Returns the names of what is in force again.
 */
export async function releaseMerged(
  transaction: Transaction,
  slug: string,
  by: string,
): Promise<readonly string[]> {
  const back: string[] = [];
  for (const merged of await transaction.merges.from(slug)) {
    const done = await unmergeCase(transaction, { slug: merged, by });
    if (done.kind === 'unmerged') back.push(merged);
  }
  return back;
}

/** The card of a version has its id. */
async function showCard(
  { outbox, people, solutions, visibility }: Transaction,
  { slug, versionId: version, content }: Solution,
): Promise<void> {
  const id = String(version) as PostId;
  const posted = await outbox.find(id);
  const author = (await solutions.version(version))?.author ?? '';
  if (!posted?.thread || content.kind !== 'case') return;
  const name = (await people.names([author])).get(author) ?? author;
  const about = { thread: posted.thread, version, audience: await visibility.of(slug) };
  await outbox.revise(id, savedCaseCard(content.case, { externalId: author, name }, about), 'answer');
}

/** The name of the runbook in force that was made from a case. */
async function runbookInForce({ solutions }: Transaction, slug: string): Promise<string | undefined> {
  const made = await solutions.ofOrigin(caseOrigin(slug));
  const version = made?.versionId ? await solutions.version(made.versionId) : undefined;
  return version?.state === 'active' ? version.slug : undefined;
}
