import { type Html, markup } from './html.ts';

/**
 * What a reader cannot see or is misled by: control, format (bidi, zero-width, tags) and ignorable characters,
 * separators other than the plain space, and characters without a form (private use, lone surrogates).
 */
const hidden =
  /([\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cs}\p{Default_Ignorable_Code_Point}\u{2800}]|(?! )\p{Zs})/gu;

/**
 * The text with every hidden character written as a marked `\u{202E}`. Line breaks stay line breaks, and in output
 * tabs stay tabs: in a command a tab may complete a word of an interactive shell, so it is shown.
 */
export function showHidden(text: string, role: 'command' | 'output'): readonly (Html | string)[] {
  return text.split(hidden).map((part, index) => {
    const character = index % 2 === 1;
    if (!character || part === '\n' || (part === '\t' && role === 'output')) return part;
    return markup`<mark class="hidden-character" title="A character that would not show">${escapeCharacter(part)}</mark>`;
  });
}

function escapeCharacter(character: string): string {
  return `\\u{${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}}`;
}
