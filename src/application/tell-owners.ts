import type { PostId, SolutionId } from '#domain/ids.ts';
import { countSignals } from '#domain/learning/fold-signals.ts';
import { type Decline, judgeDecline } from '#domain/learning/judge-decline.ts';
import type { Signal } from '#domain/learning/signal.ts';
import type { Span } from '#domain/reply.ts';
import { declineCard, suggestionCard } from '#domain/wording/owners-cards.ts';
import type { ApprovedVersion } from '#ports/stores/review-store.ts';
import type { Transaction } from '#ports/unit-of-work.ts';
import type { Core } from './core.ts';
import { ownersPlace, threadOfCase } from './owners-place.ts';

/** The slugs of what owners were told of just now. */
export interface OwnersTold {
  readonly suggested: readonly string[];
  readonly declined: readonly string[];
}

type Needs = Pick<Core, 'ids' | 'settings' | 'clock'>;

/** What a fold has read, and whom it tells. */
export interface Folded {
  /** Where owners are told; null where nobody named a channel. */
  readonly channel: string | null;
  readonly found: ReadonlyMap<SolutionId, readonly Signal[]>;
}

/** Messages of one fold about cases: what is more waits for the next one, so that a first fold floods no channel. */
const mostSuggested = 5;
const mostLookedAt = 200;

/** Tells owners what the rates that were folded just now ask of them, each thing once. */
export async function tellOwners(
  needs: Needs,
  transaction: Transaction,
  folded: Folded,
): Promise<OwnersTold> {
  const declined = await tellDeclines(needs, transaction, folded);
  return { suggested: await suggestRunbooks(needs, transaction, folded), declined };
}

async function suggestRunbooks(
  { ids, settings }: Needs,
  transaction: Transaction,
  { channel }: Folded,
): Promise<readonly string[]> {
  const { suggestions, outbox, audit } = transaction;
  const ripeness = { ...settings.owners.suggest, leastSignals: settings.fold.leastSignals };
  const told: string[] = [];
  for (const ripe of await suggestions.ripe(ripeness, mostLookedAt)) {
    if (told.length === mostSuggested) break;
    const { slug, solutionId } = ripe;
    const origin = await threadOfCase(transaction, slug);
    const place = await ownersPlace({ settings }, transaction, channel, { slug, origin });
    const postId = ids.next<PostId>();
    if (!place || !(await suggestions.tell(solutionId, postId))) continue;
    await outbox.post(postId, place, suggestionCard(ripe), 'answer');
    const { recommended, worked, tried } = ripe;
    await audit.append({
      actor: 'fold',
      event: 'runbook.suggested',
      details: { case: slug, recommended, worked, tried, channel: place.channel },
    });
    told.push(slug);
  }
  return told;
}

async function tellDeclines(
  needs: Needs,
  transaction: Transaction,
  { channel, found }: Folded,
): Promise<readonly string[]> {
  const { settings, clock } = needs;
  const told: string[] = [];
  for (const version of await transaction.reviews.approved()) {
    const all = found.get(version.solutionId) ?? [];
    const of = (id: string) => all.filter((signal) => signal.version === id);
    const signals = { after: of(version.versionId), before: of(version.before.versionId) };
    const judged = judgeDecline(signals.after, signals.before, clock.now(), settings.fold);
    if (judged && (await tellDecline(needs, transaction, { channel, version, judged, ...signals })))
      told.push(version.slug);
  }
  return told;
}

interface Declining extends Pick<Folded, 'channel'> {
  readonly version: ApprovedVersion;
  readonly judged: Decline;
  readonly after: readonly Signal[];
  readonly before: readonly Signal[];
}

async function tellDecline(
  { ids, settings }: Needs,
  transaction: Transaction,
  { channel, version, judged: { certainty, ...data }, after, before }: Declining,
): Promise<boolean> {
  const { reviews, outbox, audit, solutions } = transaction;
  const { versionId, slug, title, owner } = version;
  const told = version.postId === null ? undefined : await outbox.find(version.postId);
  const place = await ownersPlace({ settings }, transaction, channel, { slug, origin: told });
  if (!place || !(await reviews.noteDecline(versionId))) return false;
  const [author, approvedBy] = await spansOf(transaction, [version.author, version.approvedBy]);
  const card = declineCard({
    ...{ title, owner, certainty, data, author: author ?? '', approvedBy: approvedBy ?? '' },
    isRunbook: (await solutions.version(versionId))?.content.kind === 'runbook',
    after: { ...countSignals(after), id: versionId, version: version.version },
    before: { ...countSignals(before), id: version.before.versionId, version: version.before.version },
  });
  await outbox.post(ids.next(), place, card, 'answer');
  await audit.append({
    actor: 'fold',
    event: 'version.declined',
    details: { version: versionId, slug, before: version.before.versionId, certainty, ...data },
  });
  return true;
}

/** People whom the chat knows are spoken to; a team, a file or the shell is only named. */
async function spansOf({ people }: Transaction, externalIds: readonly string[]): Promise<readonly Span[]> {
  const names = await people.names([...new Set(externalIds)]);
  return externalIds.map((externalId) => {
    const name = names.get(externalId);
    return name === undefined ? externalId : { kind: 'person', externalId, name };
  });
}
