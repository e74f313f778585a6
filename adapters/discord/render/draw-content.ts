import type { Block, Reply } from '#domain/reply.ts';
import { clipText } from '#domain/shortening/clip-text.ts';
import { limits } from '../limits.ts';
import { escapeMarkdown } from './escape-markdown.ts';

/**
 * What stands as plain text above the embeds: all that a push notification tells, and all that people read who turned
 * embeds off. Where something can be approved it tells those what to do first. Never empty.
 */
export function drawContent({ summary }: Reply, blocks: readonly Block[]): string {
  const drawn = drawSummary(summary);
  return blocks.some(approves) ? `${drawn}\n-# ${seeFirst}` : drawn;
}

/** Whether the block says what stands above the embeds anyway, whole. */
export function repeatsContent({ summary }: Reply, block: Block): boolean {
  if (block.kind !== 'text' || block.line.length !== 1 || block.line[0] !== summary) return false;
  return drawText(summary).length <= limits.summary;
}

const seeFirst = 'No card below? Turn on embeds in Discord’s settings before you decide.';

const approves = (block: Block): boolean =>
  block.kind === 'buttons' && block.buttons.some(({ action }) => action.verb === 'approve');

function drawSummary(summary: string): string {
  const whole = drawText(summary);
  return whole.length <= limits.summary ? whole : drawText(clipText(summary.trim(), limits.summaryCut));
}

/** Clients make a card of an invitation to a server even where no scheme stands before it, so slashes are escaped too. */
const drawText = (text: string): string => escapeMarkdown(text.trim() || '–').replaceAll('/', '\\/');
