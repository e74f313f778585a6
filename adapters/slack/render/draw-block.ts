import type { KnownBlock, RichTextBlock, RichTextElement, Button as SlackButton } from '@slack/types';
import { writeAction } from '#domain/action.ts';
import { type Block, type Button, type CodeRole, isApproved, type Line } from '#domain/reply.ts';
import { showHiddenCharacters } from '#domain/text/hidden-characters.ts';
import { formatBytes } from '#domain/wording/format.ts';
import { plainLine } from '#domain/wording/solution-blocks.ts';
import { tooLong } from '#domain/wording/too-long.ts';
import { limits } from '../limits.ts';
import { drawLine, drawTexts } from './draw-line.ts';
import { escapeControl, plainText } from './plain-text.ts';

/** One block of a reply as Slack's blocks; none when there is nothing to see. Shows everything or nothing. */
export function drawBlock(block: Block): readonly KnownBlock[] {
  switch (block.kind) {
    case 'heading':
      return drawHeading(block.text);
    case 'text':
      return drawParagraph(drawLine(block.line));
    case 'note':
      return drawNote(block.line);
    case 'list':
      return drawList(block.items);
    case 'fields':
      return drawParagraph(drawFields(block.fields));
    case 'code':
      return drawCode(block.role, block.text);
    case 'file':
      return drawNote([tooLong.file(block.name, formatBytes(Buffer.byteLength(block.text)))]);
    case 'picture':
      return drawNote([block.alt]);
    case 'buttons':
      return drawButtons(block.buttons);
    case 'divider':
      return [{ type: 'divider' }];
  }
}

function drawHeading(text: string): readonly KnownBlock[] {
  if (text.trim() === '') return [];
  if (escapeControl(text).length > limits.header || text.includes('\n'))
    return drawParagraph(drawLine([{ kind: 'bold', text }]));
  const header = plainText(text, limits.header);
  return header.text.endsWith('…') && !text.endsWith('…')
    ? drawParagraph(drawLine([{ kind: 'bold', text }]))
    : [{ type: 'header', text: header }];
}

function drawParagraph(elements: readonly RichTextElement[]): readonly KnownBlock[] {
  if (elements.length === 0) return [];
  return [richText({ type: 'rich_text_section', elements: [...elements] })];
}

/** Small print has no rich text; a note that needs it, or is long, becomes a paragraph. */
function drawNote(line: Line): readonly KnownBlock[] {
  const text = plainLine(line);
  if (text.trim() === '') return [];
  const alive = line.some((span) => typeof span !== 'string' && ['link', 'person'].includes(span.kind));
  // Escapes and written characters make it at most ten times as long.
  if (alive || text.length > limits.text / 10) return drawParagraph(drawLine(line));
  return [{ type: 'context', elements: [plainText(text, limits.text)] }];
}

function drawList(items: readonly Line[]): readonly KnownBlock[] {
  const sections = items
    .map((item) => [...drawLine(item)])
    .filter((elements) => elements.length > 0)
    .map((elements) => ({ type: 'rich_text_section' as const, elements }));
  return sections.length === 0
    ? []
    : [richText({ type: 'rich_text_list', style: 'bullet', elements: sections })];
}

/** One line a field: the two columns that Slack has for fields know no literal text with a bold name. */
function drawFields(fields: Extract<Block, { kind: 'fields' }>['fields']): readonly RichTextElement[] {
  return fields.flatMap(({ name, value }, index) => [
    ...drawLine([{ kind: 'bold', text: `${index === 0 ? '' : '\n'}${name}: ` }]),
    ...drawLine(value),
  ]);
}

function drawCode(role: CodeRole, text: string): readonly KnownBlock[] {
  const parts = showHiddenCharacters(text, role);
  const elements = [...drawTexts(parts.map((part) => part.text).join(''))];
  if (elements.length === 0) return [];
  const hidden = parts.filter((part) => part.hidden).length;
  const note = isApproved(role) && hidden > 0 ? drawNote([tooLong.hidden(hidden)]) : [];
  return [richText({ type: 'rich_text_preformatted', elements }), ...note];
}

const richText = (element: RichTextBlock['elements'][number]): RichTextBlock => ({
  type: 'rich_text',
  elements: [element],
});

function drawButtons(buttons: readonly Button[]): readonly KnownBlock[] {
  // A name may stand once in a row, and the same action twice is no choice.
  const distinct = [...new Map(buttons.map((button) => [writeAction(button.action), button])).entries()];
  const rows = Array.from({ length: Math.ceil(distinct.length / limits.actionsElements) }, (_, row) =>
    distinct.slice(row * limits.actionsElements, (row + 1) * limits.actionsElements),
  );
  return rows.map((row) => ({
    type: 'actions',
    elements: row.map(([action, button]) => drawButton(action, button)),
  }));
}

/** Slack gives both names of the action back, whichever the listener reads. */
function drawButton(action: string, { label, style }: Button): SlackButton {
  return {
    type: 'button',
    action_id: action,
    text: plainText(label, limits.buttonText),
    value: action,
    ...(style !== 'plain' && { style }),
  };
}
