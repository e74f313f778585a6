import { type Block, isApproved, type Line, type Span } from '../reply.ts';
import { clipText } from './clip-text.ts';

const longestList = 20;

/**
 * A block with its texts cut to about `max` characters, each cut marked with an ellipsis. A command is never cut; of
 * output the end is kept.
 */
export function clipBlock(block: Block, max: number): Block {
  switch (block.kind) {
    case 'heading':
      return { ...block, text: clipText(block.text, max) };
    case 'text':
    case 'note':
      return { ...block, line: clipLine(block.line, max) };
    case 'list':
      return { ...block, items: clipItems(block.items, (item) => clipLine(item, max), ['…']) };
    case 'fields':
      return {
        ...block,
        fields: clipItems(
          block.fields,
          ({ name, value }) => ({ name: clipText(name, max), value: clipLine(value, max) }),
          { name: '…', value: [] },
        ),
      };
    case 'code':
      return isApproved(block.role) ? block : { ...block, text: clipStart(block.text, max) };
    case 'file':
      return { ...block, name: clipText(block.name, max) };
    case 'picture':
      return { ...block, name: clipText(block.name, max), alt: clipText(block.alt, max) };
    default:
      return block;
  }
}

function clipItems<T>(items: readonly T[], shorten: (item: T) => T, more: T): readonly T[] {
  const kept = items.slice(0, longestList).map(shorten);
  return items.length > longestList ? [...kept, more] : kept;
}

export function clipLine(line: Line, max: number): Line {
  let room = max;
  const kept: Span[] = [];
  for (const span of line) {
    if (room <= 0) return [...kept, '…'];
    const length = lengthOf(span);
    kept.push(length > room ? clipSpan(span, room) : span);
    room -= length;
  }
  return kept;
}

const lengthOf = (span: Span): number => {
  if (typeof span === 'string') return span.length;
  if (span.kind === 'place') return span.label.length;
  if (span.kind === 'person') return span.name.length;
  return span.kind === 'link' ? span.label.length + span.url.length : span.text.length;
};

/** A person or a link is all or nothing. */
function clipSpan(span: Span, max: number): Span {
  if (typeof span === 'string') return clipText(span, max);
  return span.kind === 'bold' || span.kind === 'code' ? { ...span, text: clipText(span.text, max) } : '…';
}

const clipStart = (text: string, max: number): string =>
  text.length <= max ? text : `…${text.slice(1 - max).replace(/^[\uDC00-\uDFFF]/, '')}`;
