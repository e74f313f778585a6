import { hatching, look } from '../chart/chart-look.ts';
import { type Bar, barsHeight, drawBars } from '../chart/draw-bars.ts';
import { columnsHeight, drawColumns } from '../chart/draw-columns.ts';
import { letters, rect } from '../chart/svg.ts';
import type { Insights, RatedSolution, TimeToResolve } from '../insights/insights.ts';
import { formatCount, formatDay, formatPercent, oneLine } from './format.ts';
import { insightsTitle } from './insights-card.ts';
import { formatTook } from './insights-figures.ts';

/** So much of a title fits beside its count, of letters of usual width. */
const longestTitle = 38;
const eachList = 3;
const left = look.margin;
const right = look.width - look.margin;

/** A part of the picture, drawn from `y` on. */
interface Part {
  readonly height: number;
  draw(y: number): string;
}

/** Insights as an SVG. Where nothing is known a part says so; it holds no text but titles and words of ours. */
export function insightsChart(insights: Insights): string {
  const parts = [
    titlePart(insights),
    ...votesParts(insights),
    ...ratedParts('What works', insights.top, look.worked),
    ...ratedParts('What fails', insights.failing, look.failed),
    ...timeParts(insights),
  ];
  let y = look.margin;
  const drawn = parts.map((part) => {
    const from = y;
    y += part.height;
    return part.draw(from);
  });
  const { width } = look;
  const height = y + look.margin - 8;
  const size = `width="${width}" height="${height}" viewBox="0 0 ${width} ${height}"`;
  const paper = rect({ x: 0, y: 0, width, height }, look.edge, 8);
  const inside = rect({ x: 1, y: 1, width: width - 2, height: height - 2 }, look.paper, 7);
  return `<svg xmlns="http://www.w3.org/2000/svg" ${size}>${hatching}${paper}${inside}${drawn.join('')}</svg>`;
}

const titlePart = (insights: Insights): Part => ({
  height: 34,
  draw: (y) =>
    letters(insightsTitle(insights), {
      x: left,
      y: y + 16,
      size: look.size.title,
      fill: look.ink,
      bold: true,
    }),
});

const headingPart = (text: string, aside = ''): Part => ({
  height: 26,
  draw: (y) =>
    letters(text, { x: left, y: y + 15, size: look.size.text, fill: look.ink, bold: true }) +
    letters(aside, { x: right, y: y + 15, size: look.size.text, fill: look.ink, anchor: 'end' }),
});

const notePart = (text: string): Part => ({
  height: 34,
  draw: (y) => letters(text, { x: left, y: y + 15, size: look.size.text, fill: look.faint }),
});

function votesParts({ trend, votes, helpfulness, from, until }: Insights): readonly Part[] {
  if (helpfulness === null) return [headingPart('Votes'), notePart('Nobody voted in these days.')];
  return [
    headingPart('Votes', `helpful ${formatPercent(helpfulness)}`),
    legendPart(votes),
    {
      height: columnsHeight + 16,
      draw: (y) => drawColumns(trend, y, [formatDay(from), formatDay(until)]),
    },
  ];
}

const legendPart = ({ worked, partly, failed }: Insights['votes']): Part => ({
  height: 26,
  draw: (y) =>
    [
      { text: `worked ${worked}`, fill: look.worked, x: left },
      { text: `partly ${partly}`, fill: look.partly, x: left + 150 },
      { text: `did not ${failed}`, fill: look.failed, x: left + 290 },
    ]
      .map(
        ({ text, fill, x }) =>
          rect({ x, y: y + 3, width: 13, height: 13 }, fill, 2) +
          letters(text, { x: x + 20, y: y + 15, size: look.size.text, fill: look.ink }),
      )
      .join(''),
});

function ratedParts(title: string, rated: readonly RatedSolution[], fill: string): readonly Part[] {
  if (rated.length === 0) return [];
  return [headingPart(title), barsPart(rated.slice(0, eachList).map((one) => barOf(one, fill)))];
}

const barsPart = (bars: readonly Bar[]): Part => ({
  height: barsHeight(bars) + 10,
  draw: (y) => drawBars(bars, y),
});

const barOf = ({ title, worked, tried }: RatedSolution, fill: string): Bar => ({
  label: oneLine(title, longestTitle),
  count: `${formatCount(worked)} of ${tried}`,
  share: worked / tried,
  fill,
});

function timeParts({ withAnswer, withoutAnswer }: Insights): readonly Part[] {
  const longest = Math.max(withAnswer.medianMs ?? 0, withoutAnswer.medianMs ?? 0);
  if (longest === 0) return [];
  const bars = [
    timeBar('with an answer used', withAnswer, longest, look.worked),
    timeBar('without', withoutAnswer, longest, look.faint),
  ];
  return [headingPart('Median time to resolve'), barsPart(bars.flat())];
}

const timeBar = (
  label: string,
  { medianMs }: TimeToResolve,
  longest: number,
  fill: string,
): readonly Bar[] =>
  medianMs === null ? [] : [{ label, count: formatTook(medianMs), share: medianMs / longest, fill }];

/** What the chart shows, for whoever cannot see it. */
export function insightsChartText(insights: Insights): string {
  const { votes, helpfulness, top, failing, withAnswer, withoutAnswer } = insights;
  const voted =
    helpfulness === null
      ? 'nobody voted'
      : `${votes.worked} votes worked, ${votes.partly} partly, ${votes.failed} did not (helpful ${formatPercent(helpfulness)})`;
  const took = [...tookText('with an answer used', withAnswer), ...tookText('without', withoutAnswer)];
  const sentences = [
    `${insightsTitle(insights)}: ${voted}`,
    ...listText('What works', top),
    ...listText('What fails', failing),
    ...(took.length === 0 ? [] : [`Median time to resolve: ${took.join(', ')}`]),
  ];
  return `${sentences.join('. ')}.`;
}

const listText = (lead: string, rated: readonly RatedSolution[]): readonly string[] => {
  const named = rated.slice(0, eachList).map((one) => {
    const { label, count } = barOf(one, '');
    return `${label} (${count})`;
  });
  return named.length === 0 ? [] : [`${lead}: ${named.join(', ')}`];
};

const tookText = (what: string, { medianMs }: TimeToResolve): readonly string[] =>
  medianMs === null ? [] : [`${formatTook(medianMs)} ${what}`];
