import { type Block, type CodeRole, isApproved, type Line } from '#domain/reply.ts';
import { formatBytes } from '#domain/wording/format.ts';
import { tooLong } from '#domain/wording/too-long.ts';
import { drawFence } from './draw-code.ts';
import { drawBold, drawLine } from './draw-line.ts';
import { escapeMarkdown } from './escape-markdown.ts';

/** A piece of an embed, in Markdown: its title, a paragraph, or a line between what stands before and after. */
export type Piece =
  | { readonly kind: 'title'; readonly text: string }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'divider' };

/**
 * One block of a reply as pieces of embeds; none when there is nothing to see. Shows everything or nothing. Buttons are
 * none: Discord has them below all embeds.
 */
export function drawBlock(block: Block): readonly Piece[] {
  switch (block.kind) {
    case 'heading':
      return drawHeading(block.text);
    case 'text':
      return drawParagraph(drawLine(block.line));
    case 'note':
      return drawNote(block.line);
    case 'list':
      return drawParagraph(block.items.flatMap(drawItem).join('\n'));
    case 'fields':
      return drawParagraph(drawFields(block.fields));
    case 'code':
      return drawCode(block.role, block.text);
    case 'file':
      return drawNote([tooLong.file(block.name, formatBytes(Buffer.byteLength(block.text)))]);
    case 'picture':
      return drawNote([block.alt]);
    case 'divider':
      return [{ kind: 'divider' }];
    case 'buttons':
      return [];
  }
}

function drawHeading(text: string): readonly Piece[] {
  if (text.trim() === '') return [];
  return text.includes('\n')
    ? drawParagraph(drawBold(text))
    : [{ kind: 'title', text: escapeMarkdown(text) }];
}

const drawParagraph = (text: string): readonly Piece[] =>
  text.trim() === '' ? [] : [{ kind: 'text', text }];

/** Small print is a sign at the beginning of each line. */
function drawNote(line: Line): readonly Piece[] {
  const lines = drawLine(line).split('\n');
  return drawParagraph(lines.map((part) => (part.trim() === '' ? part : `-# ${part}`)).join('\n'));
}

/** A further line of an item is set in, so that it stays in the item. */
function drawItem(item: Line): readonly string[] {
  const text = drawLine(item);
  return text.trim() === '' ? [] : [`- ${text.replaceAll('\n', '\n  ')}`];
}

/** One line a field: the columns of an embed come after all its text, and facts belong where the reply has them. */
function drawFields(fields: Extract<Block, { kind: 'fields' }>['fields']): string {
  return fields.map(({ name, value }) => `${drawBold(name)}: ${drawLine(value)}`).join('\n');
}

function drawCode(role: CodeRole, text: string): readonly Piece[] {
  const { text: fence, written } = drawFence(text, role);
  const note = isApproved(role) && written > 0 ? drawNote([tooLong.hidden(written)]) : [];
  return [...drawParagraph(fence), ...note];
}
