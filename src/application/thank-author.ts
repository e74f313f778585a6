import { type IncidentId, type PersonId, readId, type SolutionId } from '#domain/ids.ts';
import type { Recommendation } from '#domain/recommendation.ts';
import { thanksCard } from '#domain/wording/thanks-card.ts';
import type { Transaction } from '#ports/unit-of-work.ts';
import type { Core } from './core.ts';
import { countingFor } from './counting-for.ts';
import { incidentOfCase } from './draft-case.ts';

/** A case that helped, as itself or as a part of the one that it was merged into. */
interface Helping {
  readonly id: SolutionId;
  readonly slug: string;
  readonly title: string;
  /** The platform's id of whoever saved the version that counts. */
  readonly author: string;
  readonly isMerged: boolean;
}

/**
 * Tells the author of a case that it helped, in the thread that the case came from, once a day at most; so are the authors of
 * cases that were merged into it, each in their own thread. Not for a use of their own, and not to somebody who does not
 * want it. Who voted is told to nobody: a vote is about the case.
 */
export async function thankAuthor(
  needs: Pick<Core, 'ids'>,
  transaction: Transaction,
  recommendation: Recommendation,
): Promise<void> {
  const shown = await readShown(transaction, recommendation);
  if (!shown) return;
  const votes = await transaction.recommendations.votes(recommendation.id);
  const helped = new Set(votes.flatMap(({ verdict, personId }) => (verdict === 'worked' ? [personId] : [])));
  const authors = new Set<string>();
  for (const one of [shown, ...(await readMerged(transaction, shown.slug))]) {
    // Whoever wrote several of them wrote down one thing.
    if (!authors.has(one.author)) await thank(needs, transaction, one, helped);
    authors.add(one.author);
  }
}

async function readShown(
  { solutions }: Transaction,
  { versionId }: Recommendation,
): Promise<Helping | undefined> {
  const version = await solutions.version(versionId);
  if (version?.content.kind !== 'case') return undefined;
  const { solutionId: id, slug, author, content } = version;
  return { id, slug, author, title: content.case.title, isMerged: false };
}

async function readMerged(transaction: Transaction, slug: string): Promise<readonly Helping[]> {
  const { solutions } = transaction;
  const merged: Helping[] = [];
  for (const name of await countingFor(transaction, slug)) {
    const last = await solutions.last(name);
    const version = last && (await solutions.version(last.versionId));
    if (last?.content.kind !== 'case' || !version) continue;
    const { id, content } = last;
    merged.push({ id, slug: name, author: version.author, title: content.case.title, isMerged: true });
  }
  return merged;
}

async function thank(
  { ids }: Pick<Core, 'ids'>,
  { audit, incidents, outbox, people, solutions }: Transaction,
  { id: solution, slug, author: externalId, ...helping }: Helping,
  helped: ReadonlySet<PersonId>,
): Promise<void> {
  const author = await people.thankable(externalId);
  if (!author || !helped.difference(new Set([author.id])).size) return;
  const id = readId<IncidentId>(incidentOfCase(slug));
  const incident = id && (await incidents.find(id));
  // Of two who vote at the same time, or on two replicas, one has it.
  if (!incident || incident.state === 'dismissed' || !(await solutions.thank(solution))) return;
  await outbox.post(ids.next(), incident, thanksCard(helping, author), 'answer');
  await audit.append({
    actor: 'feedback',
    event: 'author.thanked',
    details: { solution, author: author.externalId },
  });
}
