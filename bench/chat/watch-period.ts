import type { ChatBench } from './open-chat-bench.ts';

/** What was measured at the bot while something else went on. Times in milliseconds. */
export interface PeriodFigures {
  /** From a delivery's way out of the server to its acknowledgement. */
  readonly acknowledged: readonly number[];
  /** What the server took for each call of the bot, where it is known. */
  readonly took: readonly number[];
  readonly eventLoopP99Ms: number;
  /** Calls that were told to come back later. */
  readonly refused: number;
}

/** Begins now; call what it resolves to at the end. */
export async function watchPeriod(bench: ChatBench): Promise<() => Promise<PeriodFigures>> {
  const { server } = bench;
  const [acknowledged, before] = [server.acknowledged.length, await server.calls()];
  await bench.eventLoopP99Ms();
  return async () => {
    const eventLoopP99Ms = await bench.eventLoopP99Ms();
    const { refused, took } = await server.calls();
    return {
      acknowledged: server.acknowledged.slice(acknowledged),
      took: took.slice(before.took.length),
      refused: refused - before.refused,
      eventLoopP99Ms,
    };
  };
}
