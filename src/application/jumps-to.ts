import type { Host } from '#domain/host.ts';
import type { Transaction } from '#ports/unit-of-work.ts';

/** The hosts to go through, outermost first; undefined when one of them left the inventory. */
export async function jumpsTo(
  { hosts }: Pick<Transaction, 'hosts'>,
  host: Host,
): Promise<readonly Host[] | undefined> {
  const jumps: Host[] = [];
  for (let name = host.jump; name !== null; ) {
    const jump = await hosts.named(name);
    if (!jump || jumps.some(({ id }) => id === jump.id)) return undefined;
    jumps.unshift(jump);
    name = jump.jump;
  }
  return jumps;
}
