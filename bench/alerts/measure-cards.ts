import { setTimeout as sleep } from 'node:timers/promises';
import { createSender } from './create-sender.ts';
import type { AlertBench } from './open-alert-bench.ts';
import { readRoots } from './read-alert-rows.ts';
import type { ToldAlert } from './told-alert.ts';

/** So few alerts a channel that none of them has a storm. */
const alertsOfChannel = 9;
export const cardChannels: readonly string[] = Array.from({ length: 10 }, (_, n) => `cards-${n}`);
const ratePerMinute = 100;
const lookEveryMs = 300;
const patienceMs = 30_000;

interface Sent {
  readonly alert: ToldAlert;
  readonly at: number;
}

/**
 * 100 alerts a minute: each fires, which posts a card, or resolves or fires again, which changes one. The result is
 * milliseconds from the begin of the request to the card in the chat, by the clock of one machine; those that did not come
 * are counted.
 */
export async function measureCards(
  bench: AlertBench,
  minutes: number,
): Promise<{ readonly shown: readonly number[]; readonly missing: number }> {
  const sender = createSender(bench);
  const seen = new Map<string, number>();
  const watcher = watchCards(bench, seen);
  const sent: Sent[] = [];
  const begun = performance.now();
  for (let n = 0; n < minutes * ratePerMinute; n += 1) {
    const alert = nthAlert(n);
    sent.push({ alert, at: Date.now() });
    await sender.send([alert]);
    await sleep(Math.max(0, begun + ((n + 1) * 60_000) / ratePerMinute - performance.now()));
  }
  await sender.settle();
  const deadline = Date.now() + patienceMs;
  const isMissing = (one: Sent) => timeOf(seen, one) === undefined;
  while (sent.some(isMissing) && Date.now() < deadline) await sleep(lookEveryMs);
  await watcher.stop();
  const shown = sent.flatMap((one) => {
    const at = timeOf(seen, one);
    return at === undefined ? [] : [Math.max(0, at - one.at)];
  });
  return { shown, missing: sent.filter(isMissing).length };
}

/** All fire in turn, then all resolve, then all fire again. */
function nthAlert(n: number): ToldAlert {
  const all = cardChannels.length * alertsOfChannel;
  const which = n % all;
  const turn = Math.floor(n / all);
  const now = Date.now();
  return {
    channel: cardChannels[which % cardChannels.length] ?? '',
    fingerprint: `card-${which}`,
    name: `Card-${which}-`,
    state: turn % 2 === 0 ? 'firing' : 'resolved',
    began: now,
    changed: now,
  };
}

/** The first time after it was sent at which the card of an alert showed its state. */
function timeOf(seen: ReadonlyMap<string, number>, { alert: { name, state }, at }: Sent): number | undefined {
  const prefix = `${state} ${name} `;
  const times = [...seen].flatMap(([key, time]) => (key.startsWith(prefix) && time >= at ? [time] : []));
  return times.length === 0 ? undefined : Math.min(...times);
}

/** Looks at the cards again and again; `seen` gets each state of each card with its time. */
function watchCards(bench: AlertBench, seen: Map<string, number>) {
  let stopped = false;
  const watching = (async () => {
    while (!stopped) {
      for (const { reply, at } of await readRoots(bench, 'cards-%')) {
        const [state = '', name = ''] = reply.summary.split(': ');
        seen.set(`${state.toLowerCase()} ${name} ${at}`, at);
      }
      await sleep(lookEveryMs);
    }
  })();
  return {
    stop: () => {
      stopped = true;
      return watching;
    },
  };
}
