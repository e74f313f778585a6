import { mergeReason } from '#domain/case-merge/merge-reason.ts';
import type { MergeRefusal } from '#domain/case-merge/merge-refusal.ts';
import type { PostId } from '#domain/ids.ts';
import type { Person } from '#domain/person.ts';
import type { Solution } from '#domain/solution.ts';
import { mergedCaseCard } from '#domain/wording/merge-text.ts';
import type { Transaction } from '#ports/unit-of-work.ts';

/** A case in force. */
export type CaseInForce = Solution & { readonly content: Extract<Solution['content'], { kind: 'case' }> };

export type MergedCases =
  | { readonly kind: 'merged'; readonly from: CaseInForce; readonly into: CaseInForce }
  | { readonly kind: 'refused'; readonly why: MergeRefusal };

interface Merging {
  /** Names of cases. What the second was merged into itself takes its place. */
  readonly from: string;
  readonly into: string;
  readonly by: Pick<Person, 'externalId' | 'name'>;
  /** What speaks against it, asked again once nobody else can change what it is about. */
  readonly refuse: (from: CaseInForce, into: CaseInForce) => Promise<MergeRefusal | undefined>;
}

/**
 * Merges a case into another: it is kept, superseded and found no more, and from the next fold on what it was used for counts
 * for the other. Of two merges at once the second sees what the first did, so that of two into one another one stays.
 */
export async function mergeCases(transaction: Transaction, merging: Merging): Promise<MergedCases> {
  const { searchIndex, versions, audit } = transaction;
  const first = await judge(transaction, merging);
  if (first.kind === 'refused') return first;
  // Who writes to the index holds it until their transaction ends.
  await searchIndex.remove([first.from.id]);
  const judged = await judge(transaction, merging);
  if (judged.kind === 'refused') {
    const kept = await caseInForce(transaction, merging.from);
    if (kept) await searchIndex.put([kept]);
    return judged;
  }
  const { from, into } = judged;
  await versions.restate(from.id, from.version, { state: 'superseded', reason: mergeReason(into.slug) });
  await audit.append({
    actor: merging.by.externalId,
    event: 'case.merged',
    details: { case: from.slug, version: from.versionId, into: into.slug },
  });
  await closeCard(transaction, judged, merging.by);
  return judged;
}

/** The card of a version has its id. It names the other only where everybody in its channel is shown that. */
async function closeCard(
  { outbox, visibility }: Transaction,
  { from, into }: Extract<MergedCases, { kind: 'merged' }>,
  by: Merging['by'],
): Promise<void> {
  const id = String(from.versionId) as PostId;
  const posted = await outbox.find(id);
  if (!posted) return;
  const isHidden = await visibility.isHidden(into.slug, posted.channel);
  const merged = { version: from.versionId, title: from.content.case.title };
  const card = mergedCaseCard(merged, isHidden ? null : into.content.case.title, by);
  await outbox.revise(id, card, 'answer');
}

async function judge(transaction: Transaction, { from, into, refuse }: Merging): Promise<MergedCases> {
  const source = await caseInForce(transaction, from);
  if (!source) return { kind: 'refused', why: 'gone' };
  const target = await caseInForce(transaction, await endOfMerges(transaction, into));
  if (!target) return { kind: 'refused', why: 'target-gone' };
  const why = target.id === source.id ? 'same' : await refuse(source, target);
  return why === undefined ? { kind: 'merged', from: source, into: target } : { kind: 'refused', why };
}

async function caseInForce({ solutions }: Transaction, slug: string): Promise<CaseInForce | undefined> {
  const found = await solutions.named(slug);
  return found?.content.kind === 'case' ? { ...found, content: found.content } : undefined;
}

/** What the case of this name counts for. A ring, which only files can make, has no end: then the name itself is given. */
async function endOfMerges({ merges }: Transaction, slug: string): Promise<string> {
  const passed = new Set<string>();
  let end = slug;
  for (let next = await merges.into(end); next !== undefined; next = await merges.into(end)) {
    if (passed.has(end)) return slug;
    passed.add(end);
    end = next;
  }
  return end;
}
