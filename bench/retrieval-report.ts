import {
  type Asked,
  answeredOf,
  isNegative,
  type KindFigures,
  percentile,
  summariseKinds,
} from './measure-retrieval.ts';
import { calibrate, type Decile, forEachKind, type RiskPoint, riskCoverage } from './measure-trust.ts';

/** What `bench:retrieval` says, as `--json` prints it; programs read it, so members are added and never renamed. */
interface RetrievalReport {
  readonly kinds: Readonly<Record<string, KindFigures>>;
  readonly latencyMs: { readonly p50: number; readonly p95: number };
  readonly negatives: { readonly n: number; readonly answered: number };
  /** `all` and every kind. */
  readonly calibration: Readonly<Record<string, readonly Decile[]>>;
  readonly riskCoverage: Readonly<Record<string, readonly RiskPoint[]>>;
}

/** `answered` of the negatives is a share, 0 when there are none. */
export function reportOn(asked: readonly Asked[], threshold: number): RetrievalReport {
  const times = asked.map(({ ms }) => ms);
  const negatives = asked.filter(isNegative);
  const answered = answeredOf(negatives, threshold).length;
  return {
    kinds: summariseKinds(asked, threshold),
    latencyMs: { p50: percentile(times, 0.5), p95: percentile(times, 0.95) },
    negatives: { n: negatives.length, answered: answered / Math.max(negatives.length, 1) },
    calibration: forEachKind(asked, (group) => calibrate(group, threshold)),
    riskCoverage: forEachKind(asked, riskCoverage),
  };
}

export function printReport({
  kinds,
  latencyMs,
  negatives,
  calibration,
  riskCoverage,
}: RetrievalReport): void {
  console.table(kinds);
  for (const [kind, deciles] of Object.entries(calibration)) {
    console.log(`\nCalibration, ${kind}: tenths of what was answered, by the similarity of the first result`);
    console.table(deciles);
  }
  for (const [kind, points] of Object.entries(riskCoverage)) {
    if (points.length === 0) continue;
    console.log(`\nRisk and coverage, ${kind}: share right if only the surest part were answered`);
    console.table(points);
  }
  console.log(`\nnegatives answered: ${(negatives.answered * 100).toFixed(1)} % of ${negatives.n}`);
  console.log(`search p50 ${latencyMs.p50} ms, p95 ${latencyMs.p95} ms`);
}
