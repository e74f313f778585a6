import { createPump, type Pump } from '#application/pump.ts';
import type { OpenCore } from './open-core.ts';

const endEveryMs = 5_000;

/**
 * Ends what stands still, from before the first row is written: the start itself, as every sweep, may wait for a lock that a
 * stopped process holds.
 */
export function startEnding({ core, database }: Pick<OpenCore, 'core' | 'database'>): Pump {
  const turn = async () => {
    await database.endStandstill();
    return false;
  };
  return createPump(turn, endEveryMs, core.logger);
}
