import type { Block, Line, Reply, Span } from '#domain/reply.ts';
import { writeMisleading } from '#domain/text/hidden-characters.ts';

/** Every text that a person must be able to read of a reply, each for itself. */
export const wordsToRead = ({ blocks }: Reply): readonly string[] =>
  blocks
    .flatMap(blockWords)
    .map((text) => writeMisleading(text).trim())
    .filter((text) => text !== '');

function blockWords(block: Block): readonly string[] {
  switch (block.kind) {
    case 'heading':
    case 'code':
      return [block.text];
    case 'text':
    case 'note':
      return lineWords(block.line);
    case 'list':
      return block.items.flatMap(lineWords);
    case 'fields':
      return block.fields.flatMap(({ name, value }) => [name, ...lineWords(value)]);
    case 'buttons':
      return block.buttons.map(({ label }) => label);
    case 'picture':
      return [block.alt];
    case 'file':
    case 'divider':
      return [];
  }
}

const lineWords = (line: Line): readonly string[] => line.flatMap(spanWords);

function spanWords(span: Span): readonly string[] {
  if (typeof span === 'string') return span.split('\n');
  // A person is drawn by the platform, from their id.
  if (span.kind === 'person') return [];
  return [span.kind === 'link' || span.kind === 'place' ? span.label : span.text];
}

export const verbsOf = ({ blocks }: Reply): readonly string[] =>
  blocks.flatMap((block) => (block.kind === 'buttons' ? block.buttons.map(({ action }) => action.verb) : []));
