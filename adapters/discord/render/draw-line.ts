import type { Line, Span } from '#domain/reply.ts';
import { limits } from '../limits.ts';
import { drawInlineCode } from './draw-code.ts';
import { escapeMarkdown } from './escape-markdown.ts';

/**
 * A line as Discord's Markdown. Its texts are literal; only a person, a place and a link of the reply itself come alive,
 * and `allowed_mentions` keeps even those from calling anybody.
 */
export function drawLine(line: Line): string {
  return joinAlike(line).map(drawSpan).join('');
}

/** Two bold pieces side by side would be read as one sign of four; so would two of code. */
function joinAlike(line: Line): Line {
  const joined: Span[] = [];
  for (const span of line) {
    const last = joined.at(-1);
    if (isLooks(span) && span.text === '') continue;
    if (isLooks(span) && isLooks(last) && span.kind === last.kind)
      joined[joined.length - 1] = { kind: span.kind, text: last.text + span.text };
    else if (span !== '') joined.push(span);
  }
  return joined;
}

type Looks = Extract<Span, { kind: 'bold' | 'code' }>;
const isLooks = (span: Span | undefined): span is Looks =>
  typeof span === 'object' && (span.kind === 'bold' || span.kind === 'code');

function drawSpan(span: Span): string {
  if (typeof span === 'string') return escapeMarkdown(span);
  switch (span.kind) {
    case 'bold':
      return drawBold(span.text);
    case 'code':
      return drawInlineCode(span.text);
    case 'person':
      return isId(span.externalId) ? `<@${span.externalId}>` : escapeMarkdown(`@${span.name}`);
    case 'place':
      return drawPlace(span);
    case 'link':
      return drawLink(span.label, span.url);
  }
}

/** An id of Discord: a number of 64 bits in decimals. */
export const isId = (id: string): boolean => /^\d{15,20}$/.test(id);

/** Signs of emphasis stand beside letters: some clients show them as they are beside a space. */
export function drawBold(text: string): string {
  const inside = text.trim();
  if (inside === '') return escapeMarkdown(text);
  const begin = text.indexOf(inside);
  const [before, after] = [text.slice(0, begin), text.slice(begin + inside.length)];
  return `${escapeMarkdown(before)}**${escapeMarkdown(inside)}**${escapeMarkdown(after)}`;
}

/** A thread is a channel. Discord shows the name of one only to those who see it, so the label stands before it. */
function drawPlace({ label, channel, thread }: Extract<Span, { kind: 'place' }>): string {
  const id = thread ?? channel;
  const text = escapeMarkdown(label);
  return isId(id) ? `${text} <#${id}>`.trimStart() : text;
}

/** A bracket in the label or the address would end it, escaped or not. */
function drawLink(label: string, url: string): string {
  const address = URL.canParse(url) ? new URL(url) : undefined;
  const target = address?.href.replace(/[()<>\\\s]/g, encodeSign) ?? '';
  const isLink = address?.protocol === 'https:' || address?.protocol === 'http:';
  if (!isLink || label.trim() === '' || target.length > limits.linkUrl)
    return escapeMarkdown(`${label} (${url})`);
  const text = label.replaceAll('[', '(').replaceAll(']', ')').replaceAll('\n', ' ');
  return `[${escapeMarkdown(text)}](${target})`;
}

const encodeSign = (sign: string): string =>
  `%${sign.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;
