import type { RatedSolution } from '#application/rank-solutions.ts';
import { type Context, type ContextLabel, contextLabels } from '#domain/context.ts';
import { labelNames, labelValue } from '#domain/ranking/explain-rank.ts';
import { solutionAppliesTo } from '#domain/solution.ts';
import { plainLine, trackRecord } from '#domain/wording/solution-blocks.ts';

/** Every number of a score as a table, a line each; what another number is made of is indented below it. */
export function explainScore(one: RatedSolution, context: Context): readonly string[] {
  const rows: readonly Row[] = [
    ['similarity', number(one.similarity), ''],
    ...one.parts.map(({ name, value }): Row => [`  ${name}`, number(value), '']),
    ['success', number(one.success), plainLine(trackRecord(one.rate))],
    ['context', number(one.context), ''],
    ...contextLabels.map((label): Row => [`  ${labelNames[label]}`, '', compared(one, label, context)]),
    ['bonus', number(one.bonus), ''],
    ['confidence', number(one.confidence), ''],
    ['put in order by', number(one.precedence), 'uncapped, with the benefit of the doubt'],
  ];
  const width = Math.max(...rows.map(([name]) => name.length));
  return rows.map(([name, value, note]) => `${name.padEnd(width)}  ${value.padStart(6)}  ${note}`.trimEnd());
}

type Row = readonly [name: string, value: string, note: string];

const number = (value: number): string => value.toFixed(2);

function compared({ solution, match }: RatedSolution, label: ContextLabel, context: Context): string {
  const wanted = labelValue(solutionAppliesTo(solution), label) || 'any';
  const known = labelValue(context, label) || 'not known';
  if (match.matching.includes(label)) return `fits: for ${wanted}, here ${known}`;
  return match.differing.includes(label)
    ? `differs: for ${wanted}, here ${known}`
    : `not compared: for ${wanted}, here ${known}`;
}
