/**
 * The text as a database can keep it: no half of a surrogate pair (JSON columns refuse it) and no NUL (every column
 * does). What is taken out shows as U+FFFD.
 */
export function storableText(text: string): string {
  return text.toWellFormed().replaceAll('\0', '\uFFFD');
}
