import { type CodeRole, isApproved } from '#domain/reply.ts';
import { showHiddenCharacters } from '#domain/text/hidden-characters.ts';

/** A text between the signs of a code block. */
export interface Fenced {
  readonly text: string;
  /** How many characters of a command are written as `\u{…}`. */
  readonly written: number;
}

/**
 * A text as a code block, where nothing comes alive. Three backticks would end it and Discord drops line breaks at both
 * ends, so in these places they are written out, as characters are that would not show. At the ends of output line
 * breaks are left out.
 */
export function drawFence(text: string, role: CodeRole): Fenced {
  const parts = showHiddenCharacters(isApproved(role) ? text : text.replace(/^\n+/, '').trimEnd(), role);
  const hidden = parts.filter((part) => part.hidden).length;
  const { inside, written } = writeEnds(parts.map((part) => part.text).join(''));
  return { text: inside === '' ? '' : `\`\`\`\n${inside}\n\`\`\``, written: hidden + written };
}

function writeEnds(shown: string): { readonly inside: string; readonly written: number } {
  const body = shown.replace(/^\n+/, '');
  const kept = body.replace(/(?<!\n)\n+$/, '');
  const [before, after] = [shown.length - body.length, body.length - kept.length];
  const fences = [...kept.matchAll(/`{3,}/g)].reduce((sum, [run]) => sum + run.length, 0);
  const inside = kept.replace(/`{3,}/g, writeBackticks);
  return {
    inside: `${lineBreak.repeat(before)}${inside}${lineBreak.repeat(after)}`,
    written: before + after + fences,
  };
}

/** A piece of a line as code. Backticks would end it and a line break would end the line, so both are written out. */
export function drawInlineCode(text: string): string {
  const shown = showHiddenCharacters(text, 'command')
    .map((part) => part.text)
    .join('');
  return shown === '' ? '' : `\`${writeBackticks(shown).replaceAll('\n', lineBreak)}\``;
}

const lineBreak = '\\u{000A}';
const writeBackticks = (text: string): string => text.replaceAll('`', '\\u{0060}');
