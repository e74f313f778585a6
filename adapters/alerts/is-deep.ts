/** What holds more within one another is no alert; writing it again would take more stack than there is. */
export const deepest = 64;

const text = /"[^"\\]*(?:\\.[^"\\]*)*"/gs;

/** Whether lists and objects of a JSON text hold one another deeper than that. */
export function isDeep(json: string): boolean {
  let depth = 0;
  for (const [bracket] of json.replace(text, '').matchAll(/[[{\]}]/g)) {
    depth += bracket === '[' || bracket === '{' ? 1 : -1;
    if (depth > deepest) return true;
  }
  return false;
}
