/** What is left of a name when only letters and digits count: `TargetDown`, `target-down` and `target_down.md` are one. */
const bare = (name: string): string => name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');

/**
 * The solution whose file the address of a runbook ends in, whatever site it is on: an alert rule links to where people
 * read it, which is rarely where it was loaded from. The last part of the path counts, then the anchor.
 */
export function linkedSlug(url: string, slugs: readonly string[]): string | undefined {
  if (!URL.canParse(url)) return undefined;
  const { pathname, hash } = new URL(url);
  const last = pathname.split('/').findLast((part) => part !== '') ?? '';
  const names = [last.replace(/\.(?:md|markdown|html?|ya?ml)$/iu, ''), hash.slice(1)].map((name) =>
    bare(decode(name)),
  );
  return names
    .filter((name) => name !== '')
    .map((name) => slugs.find((slug) => bare(slug) === name))
    .find((slug) => slug !== undefined);
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
