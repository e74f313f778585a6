/** Characters that no shell treats specially, wherever they stand in a word. */
const safe = /^[A-Za-z0-9_@%+:,./-]+$/;

/** Words that mean something else where a command may stand. */
const reserved = new Set(
  'case coproc do done elif else esac fi for function if in select then time until while'.split(' '),
);

/** True when a shell takes the text for exactly one word as it is, also when it reads it a second time. */
export function isPlainWord(text: string): boolean {
  return safe.test(text) && !reserved.has(text);
}

/**
 * Writes a text as exactly one word of a POSIX shell command: as it is when it is plain, else between single
 * quotes, in which only the single quote itself is special (POSIX 2.2.2). The text must not contain NUL, which
 * no argument can hold.
 */
export function quoteWord(text: string): string {
  return isPlainWord(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
