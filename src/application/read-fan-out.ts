import type { FanOutTargetView, FanOutView } from '#domain/run/fan-out-view.ts';
import type { Step } from '#domain/run/step.ts';
import type { Transaction } from '#ports/unit-of-work.ts';
import { jumpsTo } from './jumps-to.ts';

/** The hosts of a whole as they are now, with what became of each; undefined when a row is gone. */
export async function readFanOut(
  { hosts, runs }: Pick<Transaction, 'hosts' | 'runs'>,
  { id, runId, fanOut }: Pick<Step, 'id' | 'runId' | 'fanOut'>,
): Promise<FanOutView | null | undefined> {
  if (fanOut === null) return null;
  const parts = (await runs.parts(runId)).filter(({ partOf }) => partOf === id);
  const targets: FanOutTargetView[] = [];
  for (const { hostId, command } of fanOut.targets) {
    const host = await hosts.find(hostId);
    if (!host) return undefined;
    const jumps = (await jumpsTo({ hosts }, host)) ?? null;
    targets.push({ host, jumps, command, part: parts.find((part) => part.hostId === hostId) ?? null });
  }
  return { ...fanOut, targets };
}

/**
 * Holds the whole of a part until the transaction ends, before the part itself is touched: of two parts that change at
 * once the second sees what the first did, and nobody waits for each other.
 */
export async function holdWhole(
  { runs }: Pick<Transaction, 'runs'>,
  { partOf }: Pick<Step, 'partOf'>,
): Promise<void> {
  if (partOf !== null) await runs.lockStep(partOf);
}
