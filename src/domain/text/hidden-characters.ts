import { type CodeRole, isApproved } from '../reply.ts';

/**
 * What a reader cannot see or is misled by: control, format (bidi, zero-width, tags) and ignorable characters,
 * separators other than the plain space, and characters without a form (private use, lone surrogates).
 */
const hidden =
  /([\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cs}\p{Default_Ignorable_Code_Point}\u{2800}]|(?! )\p{Zs})/gu;

/** What changes how the text around it reads: controls, bidi controls, line separators, halves of a character. */
const misleading =
  /(?![\n\t])[\p{Cc}\p{Zl}\p{Zp}\p{Cs}\u{61C}\u{200E}\u{200F}\u{202A}-\u{202E}\u{2066}-\u{2069}]/gu;

/** A piece of a text; a hidden one is a single character, written as `\u{202E}`. */
export interface ShownPart {
  readonly text: string;
  readonly hidden: boolean;
}

/**
 * The text with every hidden character written out. Line breaks stay line breaks, and in output tabs stay tabs: in a
 * command a tab may complete a word of an interactive shell, so it is shown.
 */
export function showHiddenCharacters(text: string, role: CodeRole): readonly ShownPart[] {
  return text
    .split(hidden)
    .map((part, index) =>
      index % 2 === 0 || part === '\n' || (part === '\t' && !isApproved(role))
        ? { text: part, hidden: false }
        : { text: writeCharacter(part), hidden: true },
    )
    .filter((part) => part.text !== '');
}

/** Prose in which nothing turns, moves or breaks what stands beside it; joiners and signs of emoji stay. */
export function writeMisleading(text: string): string {
  return text.replace(misleading, writeCharacter);
}

function writeCharacter(character: string): string {
  return `\\u{${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}}`;
}
