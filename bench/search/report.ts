import { type EngineName, isProduct } from './engines.ts';
import type { EngineFigures } from './measure-engine.ts';

/** What a product's figure should reach. `met` decides nothing: a slow machine fails no build. */
export interface Bar {
  readonly what: string;
  readonly measured: number;
  readonly bar: string;
  readonly met: boolean;
}

/** A product's engine over a peer's with as many solutions; quality as a difference in points. */
export interface Comparison {
  readonly engine: EngineName;
  readonly solutions: number;
  readonly peer: EngineName;
  readonly p50: number;
  readonly p95: number;
  readonly solutionsPerSecond: number;
  readonly residentMb: number;
  readonly s1Points: number;
  readonly mrr10Points: number;
}

export function barsOf(figures: readonly EngineFigures[]): readonly Bar[] {
  return figures.flatMap(({ engine, solutions, p95Ms, solutionsPerSecond }) => {
    const at = `${engine} at ${solutions}`;
    const isBarred =
      (engine === 'postgres' && solutions === 100_000) || (engine === 'pglite' && solutions === 10_000);
    if (!isBarred) return [];
    const latency = { what: `${at}, p95 ms`, measured: p95Ms, bar: '≤ 50', met: p95Ms <= 50 };
    const rate = {
      what: `${at}, solutions/s`,
      measured: solutionsPerSecond,
      bar: '≥ 500',
      met: solutionsPerSecond >= 500,
    };
    return engine === 'postgres' ? [latency, rate] : [latency];
  });
}

export function compare(figures: readonly EngineFigures[]): readonly Comparison[] {
  return figures
    .filter(({ engine }) => isProduct(engine))
    .flatMap((own) =>
      figures
        .filter(({ engine, solutions }) => !isProduct(engine) && solutions === own.solutions)
        .map((peer) => ({
          engine: own.engine,
          solutions: own.solutions,
          peer: peer.engine,
          p50: ratio(own.p50Ms, peer.p50Ms),
          p95: ratio(own.p95Ms, peer.p95Ms),
          solutionsPerSecond: ratio(own.solutionsPerSecond, peer.solutionsPerSecond),
          residentMb: ratio(own.residentMb, peer.residentMb),
          s1Points: points(own.s1, peer.s1),
          mrr10Points: points(own.mrr10, peer.mrr10),
        })),
    );
}

/** Under the kinds of question stands their S@1. */
export function printFigures(figures: readonly EngineFigures[]): void {
  console.table(
    figures.map((one) => ({
      solutions: one.solutions,
      engine: one.engine,
      queries: one.queries,
      'S@1': one.s1,
      'MRR@10': one.mrr10,
      alert: one.s1ByKind.alert,
      description: one.s1ByKind.description,
      chat: one.s1ByKind.chat,
      'p50 ms': one.p50Ms,
      'p95 ms': one.p95Ms,
      'p95 ms, 2 clients': one.p95TwoClientsMs ?? '',
      'solutions/s': one.solutionsPerSecond,
      'resident MB': one.residentMb,
      'disk MB': one.diskMb ?? '',
    })),
  );
  const comparisons = compare(figures);
  if (comparisons.length > 0) {
    console.log('\nThe product over each peer: times, rates and memory as ratios, quality in points');
    console.table(comparisons);
  }
  const bars = barsOf(figures);
  if (bars.length > 0) {
    console.log('\nBars');
    console.table(bars);
  }
}

/** What is below the resolution of the clock counts as that. */
const ratio = (own: number, peer: number): number => Number((own / Math.max(peer, 0.1)).toPrecision(2));

const points = (own: number, peer: number): number => Math.round((own - peer) * 1000) / 10;
