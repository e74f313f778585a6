import type { PlainTextElement } from '@slack/types';
import { writeMisleading } from '#domain/text/hidden-characters.ts';

/**
 * Text that Slack shows as it is: nothing in it becomes a mention, a link or formatting. What is over `max`
 * characters is cut with an ellipsis, so nothing that must be read whole goes in here.
 */
export function plainText(text: string, max: number): PlainTextElement {
  const escaped = escapeControl(writeMisleading(text));
  const cut = escaped.length > max ? cutEscaped(escaped, max) : escaped;
  return { type: 'plain_text', text: cut.trim() === '' ? '–' : cut, emoji: false };
}

/** The three characters that Slack gives a meaning, as Slack asks for them. */
export function escapeControl(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** Cuts without halving a character or an escape. */
export function cutEscaped(escaped: string, max: number): string {
  const whole = escaped.slice(0, max - 1).replace(/[\uD800-\uDBFF]$|&[a-z]{0,3}$/, '');
  return `${whole}…`;
}
