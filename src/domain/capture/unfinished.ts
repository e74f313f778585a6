/** Whether a shell would still wait for more after these lines: an open quote, a here-document, a trailing operator, a loop. */
export function isUnfinished(text: string): boolean {
  const document = openDocument(text);
  if (document !== null) return document;
  const { open, plain } = scanQuotes(text);
  if (open) return true;
  if (/(?:^|[^\\])(?:\\\\)*\\$/.test(text) || /(?:\||&&)\s*$/.test(plain)) return true;
  return isOpenLoop(plain) || isOpenBlock(plain);
}

/** Null where no here-document begins. */
function openDocument(text: string): boolean | null {
  const found = /<<(-?)\s*(['"\\]?)(\w+)\2/.exec(text);
  if (!found || /<<</.test(found.input.slice(Math.max(0, found.index - 1), found.index + 3))) return null;
  const lines = text.slice(found.index).split('\n').slice(1);
  return !lines.some((line) => (found[1] === '-' ? line.trim() : line) === found[3]);
}

/** What stands outside of quotes, and whether one is open at the end. */
function scanQuotes(text: string): { readonly open: boolean; readonly plain: string } {
  const plain = text.replace(/\\[\s\S]|'[^']*'|"(?:[^"\\]|\\[\s\S])*"/g, '');
  return { open: /['"]/.test(plain), plain: plain.replace(/['"][\s\S]*$/, '') };
}

/** A block of PowerShell, or a function, whose first line ends with the brace. */
const isOpenBlock = (plain: string): boolean =>
  /^[^\n]*\{[ \t]*(?:\n|$)/.test(plain) &&
  (plain.match(/\{/g)?.length ?? 0) > (plain.match(/\}/g)?.length ?? 0);

function isOpenLoop(plain: string): boolean {
  const count = (word: string) =>
    plain.match(new RegExp(`(?:^|[;&|\\n]|\\bdo|\\bthen|\\belse)\\s*(?:${word})(?=\\s|;|$)`, 'g'))?.length ??
    0;
  return count('for|while|until') > count('done') || count('if') > count('fi');
}
