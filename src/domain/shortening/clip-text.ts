/** The text up to `max` characters (UTF-16 units), with an ellipsis where something is missing. */
export function clipText(text: string, max: number): string {
  return text.length <= max ? text : `${text.slice(0, max - 1).replace(/[\uD800-\uDBFF]$/, '')}…`;
}
