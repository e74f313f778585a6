import { type ConfirmedUse, chooseUses } from './learn-from-use.ts';
import type { EvaluationQuery } from './load-evaluation-set.ts';
import { type Asked, type KindFigures, mean, summariseKinds } from './measure-retrieval.ts';

/** What `--learn` says of one seed: the same queries before and after the others were confirmed. */
interface SeedFigures {
  readonly seed: number;
  readonly confirmed: number;
  readonly measured: number;
  readonly without: Readonly<Record<string, KindFigures>>;
  readonly with: Readonly<Record<string, KindFigures>>;
}

export interface LearningReport {
  readonly share: number;
  readonly seeds: readonly SeedFigures[];
  /** S@1 by kind, the mean over the seeds. */
  readonly s1: Readonly<
    Record<string, { readonly without: number; readonly with: number; readonly gain: number }>
  >;
}

export interface LearningRun {
  readonly queries: readonly EvaluationQuery[];
  /** All of them, before anything was learnt. */
  readonly asked: readonly Asked[];
  readonly askAll: (queries: readonly EvaluationQuery[]) => Promise<readonly Asked[]>;
  readonly learn: (uses: readonly ConfirmedUse[]) => Promise<void>;
  readonly forget: () => Promise<void>;
  readonly threshold: number;
  readonly share: number;
  readonly seeds: readonly number[];
}

export async function measureLearning(run: LearningRun): Promise<LearningReport> {
  const seeds: SeedFigures[] = [];
  for (const seed of run.seeds) seeds.push(await measureSeed(run, seed));
  const kinds = [...new Set(seeds.flatMap((one) => Object.keys(one.with)))];
  const s1 = Object.fromEntries(
    kinds.map((kind) => {
      const before = mean(seeds.map((one) => one.without[kind]?.s1 ?? 0));
      const after = mean(seeds.map((one) => one.with[kind]?.s1 ?? 0));
      return [kind, { without: before, with: after, gain: mean([after - before]) }];
    }),
  );
  return { share: run.share, seeds, s1 };
}

async function measureSeed(run: LearningRun, seed: number): Promise<SeedFigures> {
  const uses = chooseUses(run.queries, run.share, seed);
  const confirmed = new Set(uses.map(({ query }) => query.id));
  const rest = run.queries.filter(({ id, relevant }) => relevant.length > 0 && !confirmed.has(id));
  const before = run.asked.filter((_, at) => rest.includes(run.queries[at] as EvaluationQuery));
  await run.learn(uses);
  const after = await run.askAll(rest);
  await run.forget();
  return {
    seed,
    confirmed: confirmed.size,
    measured: rest.length,
    without: summariseKinds(before, run.threshold),
    with: summariseKinds(after, run.threshold),
  };
}

export function printLearning({ share, seeds, s1 }: LearningReport): void {
  console.log(
    `\nLearning: ${share * 100} % of each document's queries confirmed, the rest asked before and after; S@1, mean of ${seeds.length} seed(s)`,
  );
  console.table(s1);
}
