import { insightsCard } from '#domain/wording/insights-card.ts';
import { replyText } from '#domain/wording/reply-text.ts';
import { type CommandContext, type CommandIo, exitCodes } from './command.ts';
import { insightsAsJson } from './insights-as-json.ts';
import { printable } from './printable.ts';

export interface InsightsOptions {
  readonly days: number;
  readonly workspace?: string;
  readonly json?: boolean;
}

/** Prints what works, what fails and what deserves attention, over all channels. */
export async function showInsights(
  context: CommandContext,
  io: CommandIo,
  { days, workspace, json = false }: InsightsOptions,
): Promise<number> {
  const found = await context.insights(workspace ?? null, days);
  const { insights } = found;
  if (json) io.out(`${JSON.stringify(insightsAsJson(found))}\n`);
  else io.out(`${asLines(replyText(insightsCard(insights, 'operator', insights.until)))}\n`);
  return exitCodes.done;
}

const asLines = (text: string): string => text.trimEnd().split('\n').map(printable).join('\n');
