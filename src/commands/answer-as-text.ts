import type { RankedAnswer, RatedSolution } from '#application/rank-solutions.ts';
import type { Alternative } from '#domain/ranking/find-alternatives.ts';
import { solutionOwner, solutionTitle } from '#domain/solution.ts';
import { formatAge, formatPercent } from '#domain/wording/format.ts';
import { checkLine, kindName, plainLine, trackRecord, whyText } from '#domain/wording/solution-blocks.ts';
import { explainScore } from './explain-score.ts';
import { printable } from './printable.ts';

export interface AnswerView {
  /** Every part of every score, and the next below the threshold. */
  readonly explain?: boolean;
  /** What is closest below the threshold. */
  readonly closest?: boolean;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/** The answer for a terminal, with nothing in it that could steer one. */
export function answerAsText(answer: RankedAnswer, view: AnswerView): string {
  const { ranked, closest } = answer;
  const found =
    ranked.length > 0
      ? ranked.map((one, index) => write(answerBlock(one, index + 1, answer, view)))
      : [write(['No good match among the runbooks and past cases.'])];
  const rest = closest.map((one) => write(solutionBlock(one, maybeHead(one), answer, view)));
  return [...found, ...headed(rest, view)].join('\n');
}

/** A confidence would promise what a weak match cannot keep. */
const maybeHead = ({ solution, similarity }: RatedSolution): string =>
  `? ${solutionTitle(solution)} (similarity ${similarity.toFixed(2)})`;

function headed(rest: readonly string[], { closest, explain }: AnswerView): readonly string[] {
  if (!closest && !explain) return [];
  const heading = closest ? 'Closest, but not sure:' : 'below the threshold';
  return [write([rest.length > 0 ? heading : 'Nothing else comes close.']), ...rest];
}

function answerBlock(
  one: RatedSolution & Alternative,
  rank: number,
  answer: RankedAnswer,
  view: AnswerView,
): readonly string[] {
  const isAlternative =
    one.alternativeOf !== null || answer.ranked.some((other) => other.alternativeOf === one.solution.slug);
  const head = `${rank}. ${solutionTitle(one.solution)} (${formatPercent(one.confidence)})`;
  const other = one.alternativeOf === null ? [] : [`   another cause than: ${one.alternativeOf}`];
  const [title = '', ...lines] = solutionBlock(one, head, answer, view);
  return [title, ...(isAlternative ? [`   ${plainLine(checkLine(one.check))}`, ...other] : []), ...lines];
}

function solutionBlock(
  one: RatedSolution,
  head: string,
  { context }: RankedAnswer,
  { now, explain }: AnswerView,
): readonly string[] {
  const { solution, rate } = one;
  const age = `changed ${formatAge(now - solution.updatedAt)} ago`;
  const from = `${kindName(solution).toLowerCase()} v${solution.version}`;
  return [
    head,
    `   ${from}, ${plainLine(trackRecord(rate))}, ${age}, ${solutionOwner(solution)}, ${solution.origin}`,
    `   why: ${whyText(one.why)}`,
    ...(explain ? explainScore(one, context).map((line) => `   ${line}`) : []),
  ];
}

const write = (lines: readonly string[]): string => lines.map((line) => `${printable(line)}\n`).join('');
