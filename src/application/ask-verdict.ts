import type { PostId, RunId } from '#domain/ids.ts';
import type { Incident } from '#domain/incident.ts';
import type { Recommendation } from '#domain/recommendation.ts';
import type { Run } from '#domain/run/run.ts';
import { verdictCard } from '#domain/wording/verdict-card.ts';
import type { Transaction } from '#ports/unit-of-work.ts';
import type { Core } from './core.ts';
import { saidOf } from './said-of.ts';

/** How a run ended, as its verdict card says it; empty for a past case, which is not run. */
export function endingOf(run: Pick<Run, 'state' | 'direction'> | undefined): string {
  if (!run) return '';
  if (run.direction === 'rollback')
    return run.state === 'active' ? 'it is being rolled back.' : 'it was rolled back.';
  return run.state === 'finished' ? 'all steps are through.' : 'the run was stopped before its end.';
}

/** Posts "Did this solve it?" for a recommendation that was used. Votes and reactions on this card are about it. */
export async function askVerdict(
  { ids }: Pick<Core, 'ids'>,
  transaction: Pick<Transaction, 'recommendations' | 'outbox' | 'people' | 'incidents'>,
  incident: Incident,
  about: {
    readonly id: Recommendation['id'];
    readonly title: string;
    readonly ending: string;
    readonly undoable: RunId | null;
  },
): Promise<void> {
  const postId = ids.next<PostId>();
  const { id: recommendationId, title, ending, undoable } = about;
  await transaction.recommendations.setVerdictPost(recommendationId, postId);
  const view = {
    recommendationId,
    title,
    ending,
    thread: incident.thread,
    undoable,
    resolvedInMs: await transaction.incidents.resolvedIn(incident.id),
    // What was said before it was used stands here from now on.
    ...(await saidOf(transaction, recommendationId)),
  };
  await transaction.outbox.post(postId, incident, verdictCard(view), 'answer');
}
