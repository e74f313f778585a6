import { appendSteps, withSteps } from '#domain/better-runbook/add-steps.ts';
import { handCommands } from '#domain/better-runbook/hand-commands.ts';
import type { WrittenRunbook } from '#domain/better-runbook/improve-runbook.ts';
import { stepsByHand } from '#domain/better-runbook/steps-by-hand.ts';
import type { Person } from '#domain/person.ts';
import type { Recommendation } from '#domain/recommendation.ts';
import type { WaitingReview } from '#domain/review/review.ts';
import { renderRunbook } from '#domain/runbook/render-runbook.ts';
import type { Runbook } from '#domain/runbook/runbook.ts';
import { byHandEvidence, byHandNote, byHandWhy } from '#domain/wording/lesson-text.ts';
import { replacedReviewCard } from '#domain/wording/review-card.ts';
import type { SolutionVersion } from '#ports/stores/solution-store.ts';
import type { Transaction } from '#ports/unit-of-work.ts';
import type { Core } from './core.ts';
import { ownAuthor } from './propose-better.ts';
import { tellThread } from './propose-runbook.ts';

type Needs = Pick<Core, 'ids' | 'commandParser' | 'runbookParser' | 'redact' | 'clock'>;

interface DoneByHand {
  readonly recommendation: Recommendation;
  readonly person: Person;
  /** What they said they did that no step did. */
  readonly said: string;
}

/**
 * Somebody did by hand what no step of the runbook does: its next version, with those commands as steps, is put into review
 * in their name, so that somebody else has to approve it. It goes on from what waits of theirs or of ours, and takes its
 * place. Nothing is proposed of a version out of force, or again of what a person rejected.
 */
export async function proposeByHand(
  needs: Needs,
  transaction: Transaction,
  { recommendation, person, said }: DoneByHand,
): Promise<void> {
  const { solutions, reviews, hosts } = transaction;
  const commands = handCommands(needs.redact(said));
  if (commands.length === 0) return;
  await reviews.hold(recommendation.solutionId);
  const version = await solutions.version(recommendation.versionId);
  if (version?.content.kind !== 'runbook' || !isInForce(version)) return;
  const open = (await reviews.named(version.slug)).find(
    ({ author, parentId }) =>
      parentId === recommendation.versionId && [ownAuthor, person.externalId].includes(author),
  );
  const before = writtenOf(open ?? version);
  const known = new Set((await hosts.all()).map(({ name }) => name));
  const how = { parse: needs.commandParser.parse, hosts: known };
  const note = byHandNote(person.name, needs.clock.now());
  const addition = before && stepsByHand(before.runbook, commands, note, how);
  if (!before || !addition) return;
  const next = written(needs, before, addition);
  const why = byHandWhy(addition.steps.map(({ title }) => title));
  const parent = recommendation.versionId;
  if (next && !(await reviews.wasRejected({ parent, why })))
    await propose(needs, transaction, { recommendation, person, version, open, next, why, said });
}

const isInForce = ({ state }: SolutionVersion): boolean => state === 'active' || state === 'deprecated';

const writtenOf = ({
  content,
  text,
}: Pick<SolutionVersion, 'content' | 'text'>): WrittenRunbook | undefined =>
  content.kind === 'runbook' ? { runbook: content.runbook, text } : undefined;

/** The text as it was with the steps behind it, where that reads as it should; else written anew. */
function written(
  { runbookParser }: Pick<Core, 'runbookParser'>,
  before: WrittenRunbook,
  addition: Parameters<typeof withSteps>[1],
): WrittenRunbook | undefined {
  const whole: Runbook = withSteps(before.runbook, addition);
  for (const text of [appendSteps(before, addition), renderRunbook(whole)]) {
    const read = text === undefined ? undefined : runbookParser.parse(text, 'next.md');
    if (text !== undefined && read?.kind === 'runbook' && hasSameSteps(read.runbook, whole))
      return { runbook: read.runbook, text };
  }
  return undefined;
}

const hasSameSteps = (one: Runbook, other: Runbook): boolean =>
  one.steps.length === other.steps.length &&
  one.steps.every((step, index) => {
    const wanted = other.steps[index];
    return step.id === wanted?.id && step.command === wanted.command && step.kind === wanted.kind;
  });

interface Proposing extends DoneByHand {
  readonly version: SolutionVersion;
  readonly open: WaitingReview | undefined;
  readonly next: WrittenRunbook;
  readonly why: string;
}

async function propose(
  needs: Needs,
  transaction: Transaction,
  { recommendation, person, said, version, open, next, why }: Proposing,
): Promise<void> {
  const { reviews, runs, audit, outbox } = transaction;
  const { slug, origin } = version;
  const run = await runs.ofRecommendation(recommendation.id);
  const evidence = needs.redact(byHandEvidence(person.name, said, needs.clock.now()));
  const id = await reviews.propose({
    version: {
      ...{ slug, origin, text: next.text, author: person.externalId, source: 'human' },
      content: { kind: 'runbook', runbook: next.runbook },
    },
    parent: recommendation.versionId,
    why: open ? `${open.why} ${why}` : why,
    evidence: open ? `${open.evidence}\n\n${evidence}`.trim() : evidence,
    runs: [...(open?.runs ?? []), ...(run ? [run.id] : [])],
  });
  await audit.append({
    actor: person.externalId,
    event: 'version.proposed',
    details: { version: id, slug, parent: recommendation.versionId, replaces: open?.versionId ?? null },
  });
  if (open && (await reviews.withdraw(open.versionId, 'taken up by a later version')) && open.postId)
    await outbox.revise(open.postId, replacedReviewCard(open), 'answer');
  await tellThread(needs, transaction, id, recommendation.incidentId);
}
