import { handCommands } from '#domain/better-runbook/hand-commands.ts';
import type { WrittenRunbook } from '#domain/better-runbook/improve-runbook.ts';
import { stepsByHand } from '#domain/better-runbook/steps-by-hand.ts';
import type { Person } from '#domain/person.ts';
import type { Recommendation } from '#domain/recommendation.ts';
import { byHandEvidence, byHandNote, byHandWhy } from '#domain/wording/lesson-text.ts';
import type { SolutionVersion } from '#ports/stores/solution-store.ts';
import type { Transaction } from '#ports/unit-of-work.ts';
import type { Core } from './core.ts';
import { ownAuthor } from './propose-better.ts';
import { proposeNext } from './propose-next.ts';
import { writeNext } from './write-next.ts';

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
  // Of what nobody used, no step can be said to be missing.
  if (commands.length === 0 || recommendation.state !== 'chosen') return;
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
  const next = writeNext(needs, before, addition);
  const why = byHandWhy(addition.steps.map(({ title }) => title));
  const parent = recommendation.versionId;
  if (!next || (await reviews.wasRejected({ parent, why }))) return;
  await proposeNext(needs, transaction, {
    ...{ version, parent, open, next, why, author: person.externalId, source: 'human' },
    evidence: needs.redact(byHandEvidence(person.name, commands, needs.clock.now())),
    run: (await transaction.runs.ofRecommendation(recommendation.id))?.id,
    incident: recommendation.incidentId,
  });
}

export const isInForce = ({ state }: SolutionVersion): boolean =>
  state === 'active' || state === 'deprecated';

export const writtenOf = ({
  content,
  text,
}: Pick<SolutionVersion, 'content' | 'text'>): WrittenRunbook | undefined =>
  content.kind === 'runbook' ? { runbook: content.runbook, text } : undefined;
