interface Routed {
  readonly name: string;
  readonly jump?: string | undefined;
}

/** Jump hosts that are not in the list, and ways that come back to where they began. */
export function checkJumps(
  hosts: readonly Routed[],
): readonly { readonly position: number; readonly message: string }[] {
  const jumpOf = new Map(hosts.map(({ name, jump }) => [name, jump]));
  return hosts.flatMap(({ name, jump }, position) => {
    if (jump === undefined) return [];
    if (!jumpOf.has(jump)) return [{ position, message: `jump ${jump} is not a host of this file` }];
    return comesBack(name, jumpOf) ? [{ position, message: `jump ${jump} leads back to ${name}` }] : [];
  });
}

function comesBack(name: string, jumpOf: ReadonlyMap<string, string | undefined>): boolean {
  const passed = new Set<string>();
  let at = jumpOf.get(name);
  while (at !== undefined && at !== name && !passed.has(at)) {
    passed.add(at);
    at = jumpOf.get(at);
  }
  return at === name;
}
