import type { PostId, RunId } from '#domain/ids.ts';
import type { Incident } from '#domain/incident.ts';
import type { Recommendation } from '#domain/recommendation.ts';
import type { Run } from '#domain/run/run.ts';
import { verdictCard } from '#domain/wording/verdict-card.ts';
import type { Transaction } from '#ports/unit-of-work.ts';
import type { Core } from './core.ts';

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
  { recommendations, outbox }: Pick<Transaction, 'recommendations' | 'outbox'>,
  place: Pick<Incident, 'channel' | 'thread'>,
  about: {
    readonly id: Recommendation['id'];
    readonly title: string;
    readonly ending: string;
    readonly undoable: RunId | null;
  },
): Promise<void> {
  const postId = ids.next<PostId>();
  await recommendations.setVerdictPost(about.id, postId);
  const { id: recommendationId, title, ending, undoable } = about;
  const { thread } = place;
  const view = {
    recommendationId,
    title,
    ending,
    thread,
    undoable,
    resolvedInMs: null,
    votes: [],
    comments: [],
  };
  await outbox.post(postId, place, verdictCard(view), 'answer');
}
