/** A line that stands for the rest of a text in a field that has no room for it. */
const marker = (left: number): string =>
  `[… ${left} more characters, which stay as they are. Without this line they are left out.]`;
const markerLine = /^\[… (\d+) more characters, which stay as they are\. .*\]$/mu;
const longestMarker = marker(Number.MAX_SAFE_INTEGER).length;

/**
 * The beginning of a text, to be changed by a person in a field of `longest` characters (UTF-16 units), whole lines of it,
 * with a line that stands for the rest; the text itself where it has room. `restoreLines` puts the rest back.
 */
export function cutLines(text: string, longest: number): string {
  const at = cutAt(text, longest);
  return at === text.length ? text : `${text.slice(0, at)}${marker(text.length - at)}`;
}

/** Where the rest of `text` begins: behind a line break, or at 0 where its first line is too long by itself. */
function cutAt(text: string, longest: number): number {
  return text.length <= longest ? text.length : text.lastIndexOf('\n', longest - longestMarker) + 1;
}

/**
 * What came back, with the rest of `text` in the place of the line that stands for it. Undefined where that line is about
 * another text than this one. Whoever took the line out gets the text without the rest.
 */
export function restoreLines(given: string, text: string, longest: number): string | undefined {
  const found = markerLine.exec(given);
  if (!found) return given;
  const at = cutAt(text, longest);
  if (Number(found[1]) !== text.length - at) return undefined;
  return `${given.slice(0, found.index)}${text.slice(at)}${given.slice(found.index + found[0].length)}`;
}
