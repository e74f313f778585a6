import type { Statement, Word, WordPart } from './command-tree.ts';

/** The exact value of a word, or null when any part of it is known only at run time. */
export function literalOf(word: Word): string | null {
  let text = '';
  for (const part of word.parts) {
    if (part.kind !== 'literal') return null;
    text += part.text;
  }
  return text;
}

/** The characters that certainly begin the word: everything before its first part that is not literal. */
export function leadOf(word: Word): string {
  const end = word.parts.findIndex((part) => part.kind !== 'literal');
  const literal = end < 0 ? word.parts : word.parts.slice(0, end);
  return literal.map((part) => (part.kind === 'literal' ? part.text : '')).join('');
}

/**
 * True when the word may become an option although none is written: a brace that makes several words, or a
 * positional parameter, whose value comes from another place of the same text.
 */
export function mayBecomeOption(word: Word): boolean {
  const [first] = word.parts;
  if (first?.kind === 'pattern') return first.text.includes('{');
  return first?.kind === 'variable' && /^[\d@*]+$/.test(first.name);
}

/** The word without its first characters, all of which are literal. */
export function restOf(word: Word, skip: number): Word {
  let left = skip;
  const parts = word.parts.flatMap((part) => {
    if (left === 0 || part.kind !== 'literal') return [part];
    const taken = Math.min(left, part.text.length);
    left -= taken;
    return taken === part.text.length ? [] : [{ ...part, text: part.text.slice(taken) }];
  });
  return { source: word.source, parts };
}

/** A word of fixed text. */
export function literalWord(text: string): Word {
  return { source: text, parts: [{ kind: 'literal', text, quoted: true }] };
}

/** A word of which nothing is known, such as what `xargs` adds or `{}` becomes. */
export function unknownWord(source: string): Word {
  return { source, parts: [{ kind: 'computed', quoted: true, body: [] }] };
}

/** The commands that run to make the word's value. */
export function commandsIn(word: Word): readonly Statement[] {
  return word.parts.flatMap((part) => (part.kind === 'computed' ? part.body : []));
}

/** The word with every occurrence of a placeholder text in its literal parts replaced by something unknown. */
export function replaceInWord(word: Word, placeholder: string): Word {
  const parts = word.parts.flatMap((part): readonly WordPart[] => {
    if (part.kind !== 'literal' || !part.text.includes(placeholder)) return [part];
    const pieces = part.text.split(placeholder);
    return pieces.flatMap((text, index): readonly WordPart[] => {
      const literal: WordPart = { kind: 'literal', text, quoted: part.quoted };
      const unknown: WordPart = { kind: 'computed', quoted: true, body: [] };
      return index === 0 ? [literal] : [unknown, literal];
    });
  });
  return { source: word.source, parts: parts.filter((part) => part.kind !== 'literal' || part.text !== '') };
}
