/** An alert that fires and resolves again and again: so often, and on average no longer apart than this. */
export const flapping = { leastFired: 4, apartMs: 10 * 60_000 } as const;

/** `fired` times between `beganAt` and `reachedAt`, in milliseconds since the epoch. */
export function isFlapping(of: {
  readonly fired: number;
  readonly beganAt: number;
  readonly reachedAt: number;
}): boolean {
  const { fired, beganAt, reachedAt } = of;
  return fired >= flapping.leastFired && (reachedAt - beganAt) / (fired - 1) <= flapping.apartMs;
}
