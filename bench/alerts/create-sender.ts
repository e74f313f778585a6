import { setTimeout as sleep } from 'node:timers/promises';
import type { AlertBench } from './open-alert-bench.ts';
import type { ToldAlert } from './told-alert.ts';

export interface Sender {
  /** Posts alerts until the bot has taken them, as senders do; at most so many requests are under way at once. */
  send(alerts: readonly ToldAlert[]): Promise<void>;
  /** Resolves when nothing is under way. */
  settle(): Promise<void>;
  /** How long each request took that was taken, in milliseconds. */
  readonly took: readonly number[];
  readonly accepted: () => number;
  /** Answers that told to come again, and requests without an answer. */
  readonly refused: () => number;
}

const mostAtOnce = 50;
const againMs = 1_000;

export function createSender({ webhook, secret }: AlertBench): Sender {
  const underWay = new Set<Promise<void>>();
  const took: number[] = [];
  let accepted = 0;
  let refused = 0;
  const post = async (body: string): Promise<void> => {
    for (;;) {
      const begun = performance.now();
      const answer = await take(webhook, secret, body);
      if (answer !== undefined) {
        took.push(performance.now() - begun);
        accepted += answer.accepted;
        return;
      }
      refused += 1;
      await sleep(againMs);
    }
  };
  return {
    send: async (alerts) => {
      while (underWay.size >= mostAtOnce) await Promise.race(underWay);
      const sending = post(bodyOf(alerts)).finally(() => underWay.delete(sending));
      underWay.add(sending);
    },
    settle: async () => void (await Promise.all(underWay)),
    took,
    accepted: () => accepted,
    refused: () => refused,
  };
}

const bodyOf = (alerts: readonly ToldAlert[]): string =>
  JSON.stringify({ alerts: alerts.map(({ channel, ...alert }) => ({ ...alert, labels: { channel } })) });

/** Undefined when it is to be sent again. Whatever else the bot refuses is a mistake of this bench. */
async function take(
  webhook: string,
  secret: string,
  body: string,
): Promise<{ readonly accepted: number } | undefined> {
  const headers = { Authorization: `Bearer ${secret}`, 'Content-Type': 'application/json' };
  const answer = await fetch(webhook, { method: 'POST', headers, body }).catch(() => undefined);
  const text = await answer?.text();
  if (answer === undefined || answer.status === 503) return undefined;
  if (answer.status !== 200) throw new Error(`The webhook answers ${answer.status}: ${text}`);
  return JSON.parse(text ?? '') as { readonly accepted: number };
}
