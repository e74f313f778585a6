import type { IncidentId, PostId } from '../ids.ts';
import type { Block, Line, Reply } from '../reply.ts';
import { solutionTitle } from '../solution.ts';
import { opinionBlocks } from './answer-opinions.ts';
import { formatPercent } from './format.ts';
import { checkLine, type ShownSolution, solutionButtons, solutionFields } from './solution-blocks.ts';

/**
 * The ranked answer in a thread. `now` is milliseconds since the epoch; `offer` is the incident for which there is more
 * that comes close, for somebody whom none of these helps. `post` is the answer itself: of one with several solutions people
 * may say something as a whole.
 */
export function answerCard(
  shown: readonly ShownSolution[],
  now: number,
  { offer = null, post = null }: { readonly offer?: IncidentId | null; readonly post?: PostId | null } = {},
): Reply {
  const causes = alternativesAmong(shown);
  const opening = openingOf(shown, causes);
  return {
    summary: `${opening.summary}: ${shown.map(({ solution }) => solutionTitle(solution)).join('; ')}`,
    tone: 'plain',
    blocks: [
      { kind: 'text', line: opening.line },
      ...shown.flatMap((one) => solutionBlocks(one, causes.includes(one), now)),
      ...(offer === null ? [] : [othersButton(offer)]),
      ...(post === null || shown.length < 2
        ? []
        : [{ kind: 'divider' } as const, ...opinionBlocks(post, 'several')]),
    ],
  };
}

/** Those that are two causes of one symptom; empty when there is one cause. */
function alternativesAmong(shown: readonly ShownSolution[]): readonly ShownSolution[] {
  const leader = shown.find(({ alternativeOf }) => alternativeOf !== null)?.alternativeOf;
  return shown.filter(
    ({ alternativeOf, solution }) =>
      leader !== undefined && (alternativeOf === leader || solution.slug === leader),
  );
}

const inWords = ['no', 'one', 'Two', 'Three'];
const nothingRuns = 'Nothing runs before somebody approves it.';

function openingOf(
  shown: readonly ShownSolution[],
  causes: readonly ShownSolution[],
): { readonly summary: string; readonly line: Line } {
  if (causes.length > 1) {
    const summary = `${inWords[causes.length] ?? causes.length} causes are possible`;
    const ranks = causes.map(({ recommendation }) => recommendation.rank).join(' and ');
    const advice = ` They fit about equally well (${ranks}): look before you choose. ${nothingRuns}`;
    return { summary, line: [{ kind: 'bold', text: `${summary}.` }, advice] };
  }
  const summary = shown.length === 1 ? 'One solution fits' : `${shown.length} solutions fit, best first`;
  return { summary, line: [{ kind: 'bold', text: `${summary}.` }, ` ${nothingRuns}`] };
}

function solutionBlocks(one: ShownSolution, isAlternative: boolean, now: number): readonly Block[] {
  const { recommendation, solution } = one;
  const confidence: Line = [{ kind: 'bold', text: formatPercent(recommendation.confidence) }];
  return [
    { kind: 'divider' },
    { kind: 'heading', text: `${recommendation.rank}. ${solutionTitle(solution)}` },
    ...(isAlternative ? [{ kind: 'text', line: checkLine(one.check) } as const] : []),
    solutionFields(one, { name: 'Confidence', value: confidence }, now),
    // Where somebody must look first, no button may invite to go on.
    solutionButtons(recommendation, recommendation.rank === 1 && !isAlternative ? 'primary' : 'plain'),
  ];
}

/**
 * The honest answer when nothing is good enough. `offer` is the incident whose closest solutions may be asked for; `post`
 * is the answer itself, of which people may say something.
 */
export function noMatchCard(lookedFor: readonly string[], offer: IncidentId | null, post: PostId): Reply {
  const words =
    lookedFor.length > 0 ? `Looked for: ${lookedFor.join(', ')}.` : 'No words to look for were found.';
  return {
    summary: 'No good match among the runbooks and past cases.',
    tone: 'plain',
    blocks: [
      {
        kind: 'text',
        line: [{ kind: 'bold', text: 'No good match' }, ' among the runbooks and past cases.'],
      },
      {
        kind: 'note',
        line: [`${words} Add what you see (service, host, error text) and mention @recourse to ask again.`],
      },
      ...(offer === null ? [] : [closestButton(offer)]),
      ...opinionBlocks(post, 'none'),
    ],
  };
}

function closestButton(id: IncidentId): Block {
  return {
    kind: 'buttons',
    buttons: [{ action: { verb: 'closest', id }, label: 'Show the closest', style: 'plain' }],
  };
}

function othersButton(id: IncidentId): Block {
  return {
    kind: 'buttons',
    buttons: [{ action: { verb: 'others', id }, label: 'None of these: show others', style: 'plain' }],
  };
}
