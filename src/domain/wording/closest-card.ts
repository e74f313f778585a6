import type { Block, Reply } from '../reply.ts';
import { type SolutionKind, solutionTitle } from '../solution.ts';
import { formatPercent } from './format.ts';
import { type ShownSolution, solutionButtons, solutionFields } from './solution-blocks.ts';

const single =
  'It is not similar enough to be an answer and may be about something else: read before you use it.';
const several =
  'None is similar enough to be an answer, and each may be about something else: read before you use one.';

/**
 * What is most alike although nothing is good enough, for somebody who asked for it. It must not look like an answer:
 * no ranks, no confidence, no button that stands out.
 */
export function closestCard(
  shown: readonly ShownSolution[],
  thresholds: Readonly<Record<SolutionKind, number>>,
  now: number,
): Reply {
  return {
    summary: `Closest, but not sure: ${shown.map(({ solution }) => solutionTitle(solution)).join('; ')}`,
    tone: 'plain',
    blocks: [
      {
        kind: 'text',
        line: [{ kind: 'bold', text: 'Closest, but not sure.' }, ` ${shown.length === 1 ? single : several}`],
      },
      ...shown.flatMap((one) => maybeBlocks(one, thresholds, now)),
    ],
  };
}

function maybeBlocks(
  one: ShownSolution,
  thresholds: Readonly<Record<SolutionKind, number>>,
  now: number,
): readonly Block[] {
  const { recommendation, solution } = one;
  const needed = formatPercent(thresholds[solution.content.kind]);
  // Rounded down, so that it never looks as if it were enough.
  const similarity = `${formatPercent(Math.floor(recommendation.similarity * 100) / 100)}, an answer needs ${needed}`;
  return [
    { kind: 'divider' },
    { kind: 'heading', text: `Maybe: ${solutionTitle(solution)}` },
    solutionFields(one, { name: 'Similarity', value: [similarity] }, now),
    solutionButtons(recommendation, 'plain'),
  ];
}
