import { percentile, summarise, summariseKinds } from '../measure-retrieval.ts';
import { drawSubjects, type Subject } from '../realistic/subjects.ts';
import { type RealisticQuestion, realisticQuestions } from '../realistic-questions.ts';
import { solutionAt } from '../realistic-solutions.ts';
import type { SearchEngine } from './engine.ts';
import { type EngineName, fullCount, mostQuestions, needsServer, openEngine } from './engines.ts';

/** What one engine did with one number of solutions. MB are 1,000,000 bytes. */
export interface EngineFigures {
  readonly engine: EngineName;
  readonly solutions: number;
  /** Fewer where an engine would take too long. */
  readonly queries: number;
  readonly s1: number;
  readonly mrr10: number;
  /** `s1` of each kind of question. */
  readonly s1ByKind: Readonly<Record<string, number>>;
  readonly p50Ms: number;
  readonly p95Ms: number;
  /** With two questions under way at a time; null in process, where one waits for the other. */
  readonly p95TwoClientsMs: number | null;
  readonly solutionsPerSecond: number;
  /** Growth of this process's resident memory over an empty one that knows the questions. */
  readonly residentMb: number;
  readonly diskMb: number | null;
}

interface Answered {
  readonly question: RealisticQuestion;
  readonly slugs: readonly string[];
  readonly ms: number;
}

const warmUp = 50;
/** Solutions handed over at a time; made while the clock stands still. */
const chunk = 500;

/** Loads and asks one engine. Run each in a process of its own, started with `--expose-gc`. */
export async function measureEngine(
  name: EngineName,
  solutions: number,
  url: string,
): Promise<EngineFigures> {
  const subjects = drawSubjects(solutions);
  const [first, asked] = splitAt(realisticQuestions(warmUp + fullCount, subjects), warmUp);
  const before = residentMb();
  const engine = await openEngine(name, url);
  const loadMs = await load(engine, subjects);
  await engine.settle();
  const some = asked.slice(0, mostQuestions(name, solutions));
  await ask(engine, first.slice(0, some.length / 4));
  const answered = await ask(engine, some);
  const together = needsServer(name) ? await askTogether(engine, some.slice(0, some.length / 3)) : null;
  const figures = {
    engine: name,
    solutions,
    queries: some.length,
    ...quality(answered),
    p50Ms: percentile(timesOf(answered), 0.5),
    p95Ms: percentile(timesOf(answered), 0.95),
    p95TwoClientsMs: together && percentile(timesOf(together), 0.95),
    solutionsPerSecond: Math.round(solutions / (loadMs / 1000)),
    residentMb: Math.round(residentMb() - before),
    diskMb: toMb(await engine.diskBytes()),
  };
  await engine.close();
  return figures;
}

/** Milliseconds within the engine. */
async function load(engine: SearchEngine, subjects: readonly Subject[]): Promise<number> {
  let ms = 0;
  for (let start = 0; start < subjects.length; start += chunk) {
    const versions = subjects
      .slice(start, start + chunk)
      .map((subject, offset) => solutionAt(start + offset, subject));
    const started = performance.now();
    await engine.load(versions);
    ms += performance.now() - started;
  }
  return ms;
}

async function ask(engine: SearchEngine, asked: readonly RealisticQuestion[]): Promise<readonly Answered[]> {
  const answered: Answered[] = [];
  for (const question of asked) {
    const started = performance.now();
    const slugs = await engine.find(question.text);
    answered.push({ question, slugs, ms: performance.now() - started });
  }
  return answered;
}

/** Two clients, each with every other question. */
async function askTogether(
  engine: SearchEngine,
  asked: readonly RealisticQuestion[],
): Promise<readonly Answered[]> {
  const clients = [0, 1].map((client) => asked.filter((_, index) => index % 2 === client));
  return (await Promise.all(clients.map((share) => ask(engine, share)))).flat();
}

function quality(answered: readonly Answered[]): Pick<EngineFigures, 's1' | 'mrr10' | 's1ByKind'> {
  const asked = answered.map(({ question, slugs, ms }) => ({
    query: question,
    found: slugs.map((id) => ({ id, similarity: 1 })),
    ms,
  }));
  const { s1, mrr10 } = summarise(asked, 0);
  const kinds = Object.entries(summariseKinds(asked, 0));
  return { s1, mrr10, s1ByKind: Object.fromEntries(kinds.map(([kind, figures]) => [kind, figures.s1])) };
}

const timesOf = (answered: readonly Answered[]): readonly number[] => answered.map(({ ms }) => ms);

/** After a collection, so that it is what the engine keeps. */
function residentMb(): number {
  globalThis.gc?.();
  return process.memoryUsage.rss() / 1_000_000;
}

const toMb = (bytes: number | null): number | null => bytes && Math.round(bytes / 1_000_000);

const splitAt = <T>(list: readonly T[], index: number): readonly [readonly T[], readonly T[]] => [
  list.slice(0, index),
  list.slice(index),
];
