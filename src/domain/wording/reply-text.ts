import type { Block, Reply } from '../reply.ts';
import { plainLine } from './solution-blocks.ts';

/** Everything that a reply says, as a text file. */
export function replyText({ summary, blocks }: Reply): string {
  return `${[summary, ...blocks.map(blockText)].filter((text) => text !== '').join('\n\n')}\n`;
}

function blockText(block: Block): string {
  switch (block.kind) {
    case 'heading':
    case 'code':
      return block.text;
    case 'text':
    case 'note':
      return plainLine(block.line);
    case 'list':
      return block.items.map((item) => `- ${plainLine(item)}`).join('\n');
    case 'fields':
      return block.fields.map(({ name, value }) => `${name}: ${plainLine(value)}`).join('\n');
    case 'picture':
      return block.alt;
    case 'divider':
      return '---';
    default:
      return '';
  }
}
