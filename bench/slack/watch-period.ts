import type { Acknowledged } from '#test/support/slack/watch-acks.ts';
import type { SlackBench } from './open-slack-bench.ts';

/** What was measured at the bot while something else went on. Times in milliseconds. */
export interface PeriodFigures {
  /** From a message's way out of the proxy to its acknowledgement. */
  readonly acknowledged: readonly number[];
  readonly eventLoopP99Ms: number;
  /** Calls that were told to come back later. */
  readonly refused: number;
}

/** Begins now; call what it resolves to at the end. */
export async function watchPeriod(bench: SlackBench): Promise<() => Promise<PeriodFigures>> {
  const { acknowledged, calls } = bench.slack.proxy;
  const [acksBefore, callsBefore] = [acknowledged.length, calls.length];
  await bench.eventLoopP99Ms();
  return async () => ({
    acknowledged: acknowledged
      .slice(acksBefore)
      .filter(isMessage)
      .map(({ ms }) => ms),
    eventLoopP99Ms: await bench.eventLoopP99Ms(),
    refused: calls.slice(callsBefore).filter(({ status }) => status === 429).length,
  });
}

/** A mention comes once more as `app_mention`, which is quick, since it is known by then. */
const isMessage = ({ body }: Acknowledged): boolean => !body.includes('"type":"app_mention"');
