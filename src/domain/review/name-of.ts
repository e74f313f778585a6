const longest = 60;

/** The name that a new solution gets from its title: lower-case words with dashes, and a number where it is taken. */
export function nameOf(title: string, taken: ReadonlySet<string>): string {
  const words = title
    .normalize('NFKD')
    .toLowerCase()
    .replace(/\p{M}+/gu, '')
    .match(/[a-z0-9]+/g);
  const stem = (words ?? ['runbook']).join('-').slice(0, longest).replace(/-$/, '');
  let name = stem;
  for (let number = 2; taken.has(name); number += 1) name = `${stem}-${number}`;
  return name;
}
