import { canonicalJson } from '#domain/canonical-json.ts';
import { mergeReason } from '#domain/case-merge/merge-reason.ts';
import type { PostId, VersionId } from '#domain/ids.ts';
import type { Incident } from '#domain/incident.ts';
import type { Person } from '#domain/person.ts';
import type { Reply } from '#domain/reply.ts';
import { caseOrigin } from '#domain/review/review.ts';
import { type Case, solutionTitle } from '#domain/solution.ts';
import { keptMergedCard, replacedCaseCard, savedCaseCard } from '#domain/wording/saved-case-card.ts';
import type { Transaction } from '#ports/unit-of-work.ts';
import { closeCapture } from './capture-thread.ts';
import { caseSlug } from './draft-case.ts';
import { type KeptAudience, keepAudience, type Saving } from './keep-audience.ts';

/**
 * Puts the case of a thread into force, as whoever saved it left it, and says so in the thread; the same again does nothing.
 * Returns for whom it is from now on, and what became of its runbook where that is for fewer.
 */
export async function keepCase(
  transaction: Transaction,
  incident: Incident,
  saved: Case,
  saving: Saving,
): Promise<KeptAudience> {
  const { person } = saving;
  const kept = await putCase(transaction, incident, saved, person);
  const name = { slug: caseSlug(incident), isNew: kept.change === 'created' };
  const keptFor = await keepAudience(transaction, incident, name, saving);
  await closeCapture(transaction, incident, { kind: 'saved', by: person });
  if (kept.change === 'unchanged') return keptFor;
  await transaction.audit.append({
    actor: person.externalId,
    event: 'case.saved',
    details: { incident: incident.id, change: kept.change, replacedBy: kept.replacedBy?.slug ?? null },
  });
  // The card of a version has its id, so that whoever discards the version can close the card.
  const about = { thread: incident.thread, version: kept.versionId, audience: keptFor.audience };
  const card = cardOf(kept, saved, { person, ...about });
  await transaction.outbox.post(String(kept.versionId) as PostId, incident, card, 'answer');
  return keptFor;
}

type Kept =
  | { readonly change: 'unchanged' }
  | {
      readonly change: 'created' | 'updated';
      readonly versionId: VersionId;
      readonly replacedBy: Replacing | undefined;
    };

/** What is shown in the place of a case: the runbook in force that was made from it, or what it was merged into. */
type Replacing =
  | { readonly by: 'runbook'; readonly slug: string; readonly title: string }
  | { readonly by: 'merge'; readonly slug: string };

function cardOf(
  { replacedBy }: Extract<Kept, { replacedBy: unknown }>,
  saved: Case,
  { person, ...about }: { readonly person: Person } & Parameters<typeof savedCaseCard>[2],
): Reply {
  if (!replacedBy) return savedCaseCard(saved, person, about);
  return replacedBy.by === 'merge'
    ? keptMergedCard(saved, person, about)
    : replacedCaseCard(saved, person, { ...about, runbook: replacedBy });
}

async function putCase(
  transaction: Transaction,
  incident: Incident,
  saved: Case,
  { externalId }: Person,
): Promise<Kept> {
  const { solutions, searchIndex, versions } = transaction;
  const slug = caseSlug(incident);
  const replacedBy = await findReplacing(transaction, slug);
  if (replacedBy && (await isLast(transaction, slug, saved))) return { change: 'unchanged' };
  const text = JSON.stringify(saved, null, 2);
  const content = { kind: 'case', case: saved } as const;
  const origin = `${incident.channel}/${incident.thread}`;
  const [stored] = await solutions.putAll([
    { slug, content, text, origin, author: externalId, source: 'human' },
  ]);
  const kept = stored && (await solutions.find(stored.id));
  if (!kept || stored.change === 'unchanged') return { change: 'unchanged' };
  if (replacedBy)
    await versions.restate(kept.id, kept.version, { state: 'superseded', reason: reasonOf(replacedBy) });
  else await searchIndex.put([{ id: kept.id, content }]);
  return { change: stored.change, versionId: kept.versionId, replacedBy };
}

const reasonOf = (replacing: Replacing): string =>
  replacing.by === 'merge' ? mergeReason(replacing.slug) : `the runbook ${replacing.slug} was made from it`;

/** Whoever approves a runbook of the case, or merges it, right now is waited for. */
async function findReplacing(transaction: Transaction, slug: string): Promise<Replacing | undefined> {
  const { solutions, searchIndex, merges } = transaction;
  const past = await solutions.last(slug);
  if (!past) return undefined;
  // Who writes to the index, be it what stands there, holds it until their transaction ends.
  await (past.state === 'active' ? searchIndex.put([past]) : searchIndex.remove([past.id]));
  const into = await merges.into(slug);
  if (into !== undefined) return { by: 'merge', slug: into };
  const made = await solutions.ofOrigin(caseOrigin(slug));
  const version = made?.versionId ? await solutions.version(made.versionId) : undefined;
  return version?.state === 'active'
    ? { by: 'runbook', slug: version.slug, title: solutionTitle(version) }
    : undefined;
}

async function isLast({ solutions }: Transaction, slug: string, saved: Case): Promise<boolean> {
  const last = await solutions.last(slug);
  return last?.content.kind === 'case' && canonicalJson(last.content.case) === canonicalJson(saved);
}
