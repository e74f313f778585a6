import type { CodeRole } from '#domain/reply.ts';
import { showHiddenCharacters } from '#domain/text/hidden-characters.ts';
import { type Html, markup } from './html.ts';

/** The text with every hidden character written as a marked `\u{202E}`. */
export function showHidden(text: string, role: CodeRole): readonly (Html | string)[] {
  return showHiddenCharacters(text, role).map((part) =>
    part.hidden
      ? markup`<mark class="hidden-character" title="A character that would not show">${part.text}</mark>`
      : part.text,
  );
}
