import type { RichTextElement, RichTextText } from '@slack/types';
import type { Line, Span } from '#domain/reply.ts';
import { showHiddenCharacters, writeMisleading } from '#domain/text/hidden-characters.ts';
import { limits } from '../limits.ts';

/**
 * A line as rich text. Its texts are literal: Slack looks for no mention, link, emoji or formatting in them. Only a
 * person and a link of the reply itself come alive.
 */
export function drawLine(line: Line): readonly RichTextElement[] {
  return line.flatMap(drawSpan);
}

function drawSpan(span: Span): readonly RichTextElement[] {
  if (typeof span === 'string') return drawTexts(writeMisleading(span));
  switch (span.kind) {
    case 'bold':
      return drawTexts(writeMisleading(span.text), { bold: true });
    case 'code':
      return drawTexts(showCode(span.text), { code: true });
    case 'person':
      return /^[UW][A-Z0-9]+$/.test(span.externalId)
        ? [{ type: 'user', user_id: span.externalId }]
        : drawTexts(`@${writeMisleading(span.name)}`);
    case 'place':
      return drawPlace(span);
    case 'link':
      return drawLink(span.label, span.url);
  }
}

/**
 * Slack's own redirect, which needs no address of the team; where it does not know the message it shows the channel.
 * Source: docs.slack.dev/interactivity/deep-linking
 */
function drawPlace({ label, channel, thread }: Extract<Span, { kind: 'place' }>): readonly RichTextElement[] {
  if (!/^[CDG][A-Z0-9]+$/.test(channel)) return drawTexts(writeMisleading(label));
  const query = new URLSearchParams({ channel, ...(thread !== null && { message_ts: thread }) });
  return drawLink(label, `https://slack.com/app_redirect?${query}`);
}

function drawLink(label: string, url: string): readonly RichTextElement[] {
  const scheme = URL.canParse(url) ? new URL(url).protocol : '';
  const text = writeMisleading(label);
  const isLink = (scheme === 'https:' || scheme === 'http:') && url.length <= limits.linkUrl;
  if (!isLink || text.trim() === '' || text.length > limits.text)
    return drawTexts(`${text} (${writeMisleading(url)})`);
  return [{ type: 'link', url, text }];
}

const showCode = (text: string): string =>
  showHiddenCharacters(text, 'command')
    .map((part) => part.text)
    .join('');

/**
 * Texts that show exactly `text`. Slack does not say whether it decodes `&lt;` in rich text; cut in two behind the
 * ampersand, it reads the same either way.
 */
export function drawTexts(text: string, style?: RichTextText['style']): readonly RichTextText[] {
  return text
    .split(/(?<=&)(?=(?:amp|lt|gt);)/)
    .flatMap((piece) => piece.match(shortPieces) ?? [])
    .map((piece) => ({ type: 'text', text: piece, ...(style && { style }) }));
}

/** Half the limit in code points is within it in UTF-16 units. */
const shortPieces = new RegExp(`[^]{1,${limits.text / 2}}`, 'gu');
