import type { Block, Line, Reply, Span } from '#domain/reply.ts';
import type { Redact } from './redact.ts';

/**
 * A reply with every text that a person would read redacted: the same value in the same shape, so that what it looks like
 * and which buttons it has stay as they were. Actions are ids and stay.
 */
export function redactReply(reply: Reply, redact: Redact): Reply {
  const clean = (text: string) => redact(text);
  return {
    ...reply,
    summary: clean(reply.summary),
    blocks: reply.blocks.map((block) => inBlock(block, clean)),
  };
}

type Clean = (text: string) => string;

function inBlock(block: Block, clean: Clean): Block {
  switch (block.kind) {
    case 'heading':
    case 'code':
      return { ...block, text: clean(block.text) };
    case 'file':
      return { ...block, name: clean(block.name), text: clean(block.text) };
    case 'picture':
      return { ...block, name: clean(block.name), alt: clean(block.alt) };
    case 'text':
    case 'note':
      return { ...block, line: inLine(block.line, clean) };
    case 'list':
      return { ...block, items: block.items.map((line) => inLine(line, clean)) };
    case 'fields':
      return { ...block, fields: block.fields.map((field) => inField(field, clean)) };
    case 'buttons':
      return {
        ...block,
        buttons: block.buttons.map((button) => ({ ...button, label: clean(button.label) })),
      };
    case 'divider':
      return block;
  }
}

function inField({ name, value }: { readonly name: string; readonly value: Line }, clean: Clean) {
  return { name: clean(name), value: inLine(value, clean) };
}

const inLine = (line: Line, clean: Clean): Line => line.map((span) => inSpan(span, clean));

function inSpan(span: Span, clean: Clean): Span {
  if (typeof span === 'string') return clean(span);
  switch (span.kind) {
    case 'bold':
    case 'code':
      return { ...span, text: clean(span.text) };
    case 'person':
      return { ...span, name: clean(span.name) };
    case 'link':
      return { ...span, label: clean(span.label), url: clean(span.url) };
    case 'place':
      return { ...span, label: clean(span.label) };
  }
}
