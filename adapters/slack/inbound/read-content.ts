import type { SlackMessage } from './payloads.ts';
import { readText } from './read-text.ts';

/** Alert bots say what is wrong in attachments and blocks; the keys of Slack's that hold words, in reading order. */
const wordKeys = ['pretext', 'author_name', 'title', 'text', 'value', 'url_title', 'fallback'] as const;
/** And those that hold further pieces. */
const pieceKeys = ['blocks', 'fields', 'elements', 'accessory', 'attachments'] as const;

/** Pieces within pieces are followed this deep; Slack's own nesting ends at five. */
const deepest = 8;
const mostLines = 400;

/**
 * All that a message says, as plain lines. People's words are in `text`; a bot's may be in attachments and blocks
 * alone, or there once more: each line counts once.
 */
export function readContent(message: SlackMessage, botUser: string): string {
  const text = message.text ?? '';
  if (message.bot_id === undefined && text !== '') return readText(text, botUser);
  const lines = [text, ...wordsIn([message.blocks ?? [], message.attachments ?? []], 0)]
    .flatMap((words) => readText(words, botUser).split('\n'))
    .map((line) => line.trim())
    .filter((line) => line !== '');
  return [...new Set(lines)].slice(0, mostLines).join('\n');
}

function wordsIn(piece: unknown, depth: number): readonly string[] {
  if (depth > deepest) return [];
  if (Array.isArray(piece)) return piece.flatMap((one) => wordsIn(one, depth + 1));
  if (!isRecord(piece)) return [];
  if (piece.type === 'rich_text_section' || piece.type === 'rich_text_preformatted') return [inline(piece)];
  const words = wordKeys.flatMap((key) => wordsOf(piece[key], depth));
  const shown = words.length > 1 ? words.filter((one) => one !== piece.fallback) : words;
  return [...shown, ...pieceKeys.flatMap((key) => wordsIn(piece[key], depth + 1))];
}

function wordsOf(value: unknown, depth: number): readonly string[] {
  if (typeof value === 'string') return value === '' ? [] : [value];
  return isRecord(value) ? wordsIn(value, depth + 1) : [];
}

/** The runs of one paragraph belong on one line. */
function inline({ elements }: Readonly<Record<string, unknown>>): string {
  if (!Array.isArray(elements)) return '';
  return elements
    .map((run) => {
      if (!isRecord(run)) return '';
      if (run.type === 'user') return `<@${run.user_id}>`;
      if (run.type === 'emoji') return `:${run.name}:`;
      return String(run.text ?? run.url ?? '');
    })
    .join('');
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
