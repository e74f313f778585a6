import { afterAll, beforeAll, expect, it } from 'vitest';
import { type CrashStage, openCrashStage } from '#test/support/crash/crash-stage.ts';
import { type Aftermath, type Death, playCrash } from '#test/support/crash/crash-story.ts';
import { describeWithPeer } from '#test/support/peers.ts';

/** Rounds of every moment in `npm run test:crash`, on both engines; without it a slice: one round of one moment. */
const rounds = Number(process.env.RECOURSE_CAMPAIGN_CRASHES ?? 0);
const atOnce = Number(process.env.RECOURSE_CAMPAIGN_BOTS ?? 4);
const onlyMoments = process.env.RECOURSE_CAMPAIGN_MOMENTS?.split(',');
/** A round takes under a minute, with several at once; ten times that ends a hang. */
const patienceMs = 600_000;

/** What may have become of a step whose bot died there, and how often it was begun on the host. */
interface Expected {
  readonly death: Death;
  readonly endings: readonly Aftermath['ending'][];
  readonly times: readonly number[];
}

const deaths: readonly Expected[] = [
  { death: 'approved', endings: ['succeeded'], times: [1] },
  { death: 'claiming', endings: ['succeeded'], times: [1] },
  { death: 'claimed', endings: ['succeeded'], times: [1] },
  { death: 'connected', endings: ['succeeded'], times: [1] },
  { death: 'begun', endings: ['unknown'], times: [0] },
  { death: 'sending', endings: ['unknown'], times: [0, 1] },
  { death: 'marked', endings: ['unknown'], times: [0, 1] },
  { death: 'output', endings: ['unknown'], times: [1] },
  { death: 'exited', endings: ['unknown'], times: [1] },
  { death: 'judging', endings: ['unknown'], times: [1] },
  { death: 'tried-again', endings: ['unknown'], times: [0] },
  { death: 'sending-again', endings: ['unknown'], times: [0, 1] },
  { death: 'exited-again', endings: ['unknown'], times: [1] },
  { death: 'settled', endings: ['succeeded'], times: [1] },
  { death: 'posting', endings: ['succeeded', 'unknown'], times: [0, 1] },
  { death: 'posted', endings: ['succeeded', 'unknown'], times: [0, 1] },
  { death: 'cancelling', endings: ['unknown', 'cancelled'], times: [1] },
];
/** One after which nobody has to wait for a lease to run out, on a server alone: starting bots takes long enough. */
const slice: readonly Death[] = ['posted'];
const wanted = onlyMoments ?? (rounds > 0 ? deaths.map(({ death }) => death) : slice);

describeWithPeer('sshd', 'a bot that is killed while a step goes its way', () => {
  describeWithPeer('postgres', 'on a server', (url) => playAll(url));
  if (rounds > 0) playAll(null);
});

function playAll(serverUrl: string | null): void {
  let stage: CrashStage;
  beforeAll(async () => {
    stage = await openCrashStage(serverUrl);
  });
  afterAll(() => stage?.[Symbol.asyncDispose]());

  it(
    `${serverUrl ? 'server' : 'embedded'}: runs it once at most, tells it, and loses nothing`,
    async () => {
      const figures = new Map<Death, Aftermath[]>();
      const waiting = deaths
        .filter(({ death }) => wanted.includes(death))
        .flatMap((one) => Array.from({ length: Math.max(rounds, 1) }, (_, round) => ({ ...one, round })));
      const failures: string[] = [];
      const play = async (): Promise<void> => {
        for (let one = waiting.shift(); one; one = waiting.shift()) {
          const { death, round } = one;
          await playOne(stage, one, figures).catch((error: Error) => {
            failures.push(`${death}, round ${round}: ${error.stack}`);
          });
        }
      };
      await Promise.all(Array.from({ length: atOnce }, play));
      expect(failures).toEqual([]);
      // The promise of the product: within a minute, on its own clock.
      const told = [...figures.values()].flat().flatMap(({ toldMs }) => toldMs ?? []);
      expect(Math.max(0, ...told)).toBeLessThan(60_000);
    },
    patienceMs * Math.ceil((wanted.length * Math.max(rounds, 1)) / atOnce),
  );
}

async function playOne(
  stage: CrashStage,
  { death, round, endings, times }: Expected & { readonly round: number },
  figures: Map<Death, Aftermath[]>,
): Promise<void> {
  const aftermath = await playCrash(stage, death, round);
  const all = [...(figures.get(death) ?? []), aftermath];
  figures.set(death, all);
  if (all.length === Math.max(rounds, 1)) report(death, all);
  expect(endings).toContain(aftermath.ending);
  expect(times).toContain(aftermath.times);
}

const seconds = (all: readonly (number | null)[]): string => {
  const known = all.filter((one) => one !== null).sort((a, b) => a - b);
  if (known.length === 0) return '-';
  return `${((known[Math.floor(known.length / 2)] ?? 0) / 1000).toFixed(1)} s, at most ${((known.at(-1) ?? 0) / 1000).toFixed(1)} s`;
};

/** As soon as it is known: a campaign takes long, and may be ended on its way. */
function report(death: Death, all: readonly Aftermath[]): void {
  const count = (times: number) => all.filter((one) => one.times === times).length;
  const unknown = all.filter(({ ending }) => ending === 'unknown').length;
  process.stdout.write(
    `${death.padEnd(10)} ${all.length} kills: begun 0/1/more times ${count(0)}/${count(1)}/${all.length - count(0) - count(1)}, unknown ${unknown}, told after ${seconds(all.map(({ toldMs }) => toldMs))}, host heard after ${seconds(all.map(({ askedMs }) => askedMs))}\n`,
  );
}
