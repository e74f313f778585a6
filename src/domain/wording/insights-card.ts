import type { Insights, MissedQuestion, StoppedWorking } from '../insights/insights.ts';
import type { Block, Line, PostFile, Reply } from '../reply.ts';
import { formatAge, formatPercent, formatTime, oneLine } from './format.ts';
import { insightFigures } from './insights-figures.ts';
import { warningText } from './insights-warnings.ts';
import { rateLine, section, threadSpan } from './overview-lines.ts';

/**
 * Whom the insights are for: one person in a channel, whoever reads that channel from now on, or the operator, who sees all
 * channels. What is posted repeats nobody's words, so that they are gone when somebody has theirs deleted.
 */
export type InsightsReader = 'person' | 'channel' | 'operator';

export const noneTried = 'Nothing was tried often enough to say.';
export const noneFailing = 'Nothing fails more often than it works.';

/** What the votes, runs and reviews of a team tell. */
export function insightsCard(insights: Insights, reader: InsightsReader, now: number): Reply {
  return {
    summary: insightsTitle(insights),
    tone: 'plain',
    blocks: insightsBlocks(insights, reader, now),
  };
}

/** The same for one person in a chat, who can have it posted for everybody. */
export function ownInsightsCard(insights: Insights, now: number): Reply {
  const card = insightsCard(insights, 'person', now);
  const action = { verb: 'insights', id: String(insights.days) } as const;
  const button = { action, label: 'Post it here with a chart', style: 'plain' } as const;
  const title: Block = { kind: 'heading', text: card.summary };
  return { ...card, blocks: [title, ...card.blocks, { kind: 'buttons', buttons: [button] }] };
}

/** The same for a channel, with its chart where one could be drawn. */
export function postedInsightsCard(
  insights: Insights,
  chart: PostFile | undefined,
  by: { readonly externalId: string; readonly name: string },
  now: number,
): Reply {
  const card = insightsCard(insights, 'channel', now);
  const asked: Line = [{ kind: 'person', ...by }, ' asked for this. It is what everybody here may see.'];
  const lead: readonly Block[] = [
    { kind: 'heading', text: card.summary },
    { kind: 'note', line: asked },
  ];
  return { ...card, blocks: [...lead, ...(chart ? [chart] : []), ...card.blocks] };
}

export const insightsTitle = ({ days }: Pick<Insights, 'days'>): string =>
  `Insights of the last ${days === 1 ? 'day' : `${days} days`}`;

function insightsBlocks(insights: Insights, reader: InsightsReader, now: number): readonly Block[] {
  const { top, failing, deprecated, missed, warnings } = insights;
  const warned = warnings.map((warning): Line => {
    const { message, advice } = warningText(warning, now);
    return ['⚠️ ', { kind: 'bold', text: message }, ` ${advice}`];
  });
  return [
    ...(warned.length === 0 ? [] : section('To look at', warned, '')),
    ...section('What works', top.map(rateLine), noneTried),
    ...section('What fails', failing.map(rateLine), noneFailing),
    ...(deprecated.length === 0
      ? []
      : section(
          'Stopped working, shown no more',
          deprecated.map((one) => stoppedLine(one, now)),
          '',
        )),
    ...section(
      reader === 'operator' ? 'No good answer' : 'No good answer in this channel',
      missed.list.map((question) => missedLine(question, reader, now)),
      insights.asked === 0 ? 'Nothing was asked.' : 'Every problem found something.',
    ),
    ...missedNote(insights),
    { kind: 'heading', text: 'Figures' },
    { kind: 'fields', fields: insightFigures(insights, now) },
  ];
}

const stoppedLine = ({ title, reason, since }: StoppedWorking, now: number): Line => [
  { kind: 'bold', text: title },
  ` – ${reason}${since === null ? '' : `, ${formatAge(now - since)} ago`}`,
];

function missedLine(question: MissedQuestion, reader: InsightsReader, now: number): Line {
  const { problem, times, lastAskedAt, wasAnswered } = question;
  const often = times === 1 ? '' : `${times} times, last `;
  const label = reader === 'channel' ? `Thread of ${formatTime(lastAskedAt)}` : oneLine(problem, 100);
  const why = wasAnswered ? 'what was shown did not help' : 'nothing was found';
  return [threadSpan(question, label), ` – ${often}${formatAge(now - lastAskedAt)} ago, ${why}`];
}

function missedNote({ missed, missedShare, asked }: Insights): readonly Block[] {
  if (missedShare === null || missed.total === 0) return [];
  const share = `${missed.total} of ${asked} incidents (${formatPercent(missedShare)}) found no good answer.`;
  return [{ kind: 'note', line: [share] }];
}
