import { setTimeout as sleep } from 'node:timers/promises';
import { textOf } from '#test/support/playground-client.ts';
import { createSender } from './create-sender.ts';
import { channelOf, createFlood, type Flood, type FloodPattern } from './flood.ts';
import type { AlertBench } from './open-alert-bench.ts';
import { pressMeanwhile } from './press-meanwhile.ts';
import { countReplies, readBacklog, readRoots, readStates } from './read-alert-rows.ts';

export interface FloodFigures {
  readonly sent: number;
  /** Alerts a minute that were really sent. */
  readonly rate: number;
  readonly refused: number;
  readonly took: readonly number[];
  readonly pressed: readonly number[];
  /** Signals that no incident had, at most, and how long after the last one until all had one and all cards were sent. */
  readonly backlog: number;
  readonly caughtUpMs: number;
  /** Signals that were told and are not there, fingerprints whose state is not the last that was told. */
  readonly lost: number;
  readonly wrongStates: number;
  /** Fingerprints that no card counts. */
  readonly uncounted: number;
  readonly threads: Readonly<Record<keyof typeof channelOf, number>>;
  readonly repliesToOne: number;
  /** Resident MB after a collection: three tenths into it, and at its end. */
  readonly earlyMb: number;
  readonly lateMb: number;
}

export interface FloodOptions {
  readonly pattern: FloodPattern;
  readonly minutes: number;
  readonly ratePerMinute: number;
  readonly fingerprints: number;
  /** Alerts in one request. */
  readonly batch: number;
}

const tickMs = 50;
const patienceMs = 600_000;

export async function measureFlood(bench: AlertBench, options: FloodOptions): Promise<FloodFigures> {
  const sender = createSender(bench);
  const flood = createFlood(options.pattern, options.fingerprints, Date.now);
  const presses = await pressMeanwhile(bench.playgroundUrl);
  const watched = watchBacklog(bench);
  const early = sleep(options.minutes * 60_000 * 0.3).then(bench.residentAfterCollection);
  const begun = performance.now();
  await sendAll(options, flood, sender.send);
  await sender.settle();
  const ended = performance.now();
  const lateMb = await bench.residentAfterCollection();
  const caughtUpMs = await catchUp(bench, ended);
  const pressed = await presses.stop();
  const backlog = await watched();
  return {
    sent: flood.count(),
    rate: flood.count() / ((ended - begun) / 60_000),
    refused: sender.refused(),
    took: sender.took,
    pressed,
    backlog,
    caughtUpMs,
    lateMb,
    earlyMb: await early,
    ...(await compare(bench, flood)),
  };
}

/** Keeps to the clock: what could not be sent in time is sent as soon as it can. */
async function sendAll(
  { minutes, ratePerMinute, batch }: FloodOptions,
  flood: Flood,
  send: (alerts: readonly ReturnType<Flood['next']>[]) => Promise<void>,
): Promise<void> {
  const all = Math.round(minutes * ratePerMinute);
  const begun = performance.now();
  while (flood.count() < all) {
    const due = Math.min(all, ((performance.now() - begun) / 60_000) * ratePerMinute);
    while (flood.count() < due)
      await send(Array.from({ length: Math.min(batch, all - flood.count()) }, flood.next));
    await sleep(tickMs);
  }
}

/** Call what it gives at the end: how many waited at most. */
function watchBacklog(bench: AlertBench): () => Promise<number> {
  let most = 0;
  let stopped = false;
  const watching = (async () => {
    while (!stopped) {
      most = Math.max(most, (await readBacklog(bench)).waiting);
      await sleep(5_000);
    }
  })();
  return async () => {
    stopped = true;
    await watching;
    return most;
  };
}

async function catchUp(bench: AlertBench, ended: number): Promise<number> {
  for (;;) {
    const { waiting, unsent } = await readBacklog(bench);
    const took = performance.now() - ended;
    if ((waiting === 0 && unsent === 0) || took > patienceMs) return took;
    await sleep(200);
  }
}

async function compare(bench: AlertBench, flood: Flood) {
  const { events, waiting } = await readBacklog(bench);
  const states = await readStates(bench);
  const expected = (state: string) => (state === 'firing' ? 0 : 2);
  const wrongStates = [...flood.last.values()].filter(
    ({ fingerprint, state }) => states.get(fingerprint) !== expected(state),
  ).length;
  const one = await readRoots(bench, channelOf.one);
  const many = await readRoots(bench, channelOf.many);
  const counted = [...one, ...many].reduce((sum, { reply }) => sum + alertsOn(textOf(reply)), 0);
  return {
    lost: flood.count() - (events - waiting),
    wrongStates,
    uncounted: flood.last.size - counted,
    threads: { one: one.length, many: many.length },
    repliesToOne: await countReplies(bench, channelOf.one),
  };
}

/** How many alerts a card says that it stands for. */
function alertsOn(text: string): number {
  const told = /of (\d+) alerts go on|storm is over: (\d+) alerts/.exec(text);
  return Number(told?.[1] ?? told?.[2] ?? 1);
}
