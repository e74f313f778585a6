import type { SuccessRate } from '../learning/success-rate.ts';
import type { Recommendation } from '../recommendation.ts';
import type { Block, Line, Reply } from '../reply.ts';
import { type Solution, solutionOwner, solutionTitle } from '../solution.ts';
import { formatAge, formatCount, formatPercent, formatTime } from './format.ts';

/** One recommendation with what a person needs to judge it. `now` is milliseconds since the epoch. */
export interface ShownSolution {
  readonly recommendation: Recommendation;
  readonly solution: Solution;
  readonly rate: SuccessRate | undefined;
}

/** The ranked answer in a thread. */
export function answerCard(shown: readonly ShownSolution[], now: number): Reply {
  const best = shown[0];
  const titles = shown.map(({ solution }) => solutionTitle(solution)).join('; ');
  const count = shown.length === 1 ? 'One solution fits' : `${shown.length} solutions fit, best first`;
  return {
    summary: best ? `${count}: ${titles}` : 'No good match',
    tone: 'plain',
    blocks: [
      {
        kind: 'text',
        line: [{ kind: 'bold', text: `${count}.` }, ' Nothing runs before somebody approves it.'],
      },
      ...shown.flatMap((one) => solutionBlocks(one, now)),
    ],
  };
}

function solutionBlocks({ recommendation, solution, rate }: ShownSolution, now: number): readonly Block[] {
  const kind = solution.content.kind === 'runbook' ? 'Runbook' : 'Past case';
  const id = recommendation.id;
  return [
    { kind: 'divider' },
    { kind: 'heading', text: `${recommendation.rank}. ${solutionTitle(solution)}` },
    {
      kind: 'fields',
      fields: [
        { name: 'Confidence', value: [{ kind: 'bold', text: formatPercent(recommendation.confidence) }] },
        { name: 'Track record', value: trackRecord(rate) },
        {
          name: 'Why',
          value: recommendation.why.length > 0 ? [recommendation.why.join('; ')] : ['similar words'],
        },
        {
          name: 'Source',
          value: [`${kind} v${solution.version}, `, { kind: 'code', text: solution.origin }],
        },
        { name: 'Age', value: [`changed ${formatAge(now - solution.updatedAt)} ago`] },
        { name: 'Owner', value: [solutionOwner(solution) || 'nobody named'] },
      ],
    },
    {
      kind: 'buttons',
      buttons: [
        { action: { verb: 'use', id }, label: 'Use', style: recommendation.rank === 1 ? 'primary' : 'plain' },
        { action: { verb: 'dismiss', id }, label: 'Not this', style: 'plain' },
      ],
    },
  ];
}

/** `worked 18 of 20, last on …`; a solution that nobody has tried says so instead of showing a prior. */
export function trackRecord(rate: SuccessRate | undefined): Line {
  if (!rate || rate.tried === 0) return ['not tried yet'];
  const last = rate.lastWorkedAt === null ? '' : `, last on ${formatTime(rate.lastWorkedAt)}`;
  return [`worked ${formatCount(rate.worked)} of ${rate.tried}${last}`];
}

/** The honest answer when nothing is good enough. */
export function noMatchCard(lookedFor: readonly string[]): Reply {
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
    ],
  };
}
