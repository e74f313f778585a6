import { execFile } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs, promisify } from 'node:util';
import { createFreshDatabase } from '#test/support/fresh-database.ts';
import {
  type EngineName,
  engineNames,
  isEngineName,
  livesInHeap,
  mostSolutions,
  needsServer,
} from './search/engines.ts';
import type { EngineFigures } from './search/measure-engine.ts';
import { barsOf, compare, printFigures } from './search/report.ts';
import { startFlags } from './server-process.ts';

/** `npm run bench:search`: the product's search beside its peers, on the same corpus. docs/benchmarks.md explains it. */
const usage = 'npm run bench:search -- [--sizes 1000,10000,100000] [--engines pglite,postgres,…] [--json]';
const child = fileURLToPath(new URL('./search/process.ts', import.meta.url));
const serverUrl = process.env.RECOURSE_TEST_POSTGRES_URL;

/** MB; at 100,000 the indexes of the peers do not fit into what `npm start` allows. */
const peerHeap = 8_192;

const { sizes, engines, json } = readArguments();
const skipped = engines.filter((engine) => needsServer(engine) && !serverUrl);
const figures: EngineFigures[] = [];
const broken: { readonly engine: EngineName; readonly solutions: number; readonly why: string }[] = [];
for (const size of sizes) {
  for (const engine of engines) {
    if (skipped.includes(engine) || size > mostSolutions(engine)) continue;
    console.error(`${engine} with ${size} solutions …`);
    try {
      figures.push(await measureAlone(engine, size));
    } catch (error) {
      // The others may have taken an hour: what they measured must not be lost with this one.
      broken.push({ engine, solutions: size, why: String(error) });
      process.exitCode = 1;
    }
  }
}
if (json) {
  const cores = availableParallelism();
  const comparisons = compare(figures);
  console.log(JSON.stringify({ cores, figures, comparisons, bars: barsOf(figures), skipped, broken }));
} else {
  printFigures(figures);
  if (skipped.length > 0) {
    console.log(`Not measured without RECOURSE_TEST_POSTGRES_URL: ${skipped.join(', ')}.`);
  }
}
for (const { engine, solutions, why } of broken) {
  console.error(`${engine} with ${solutions} solutions broke: ${why}`);
}

/** One engine in a process of its own, so that none warms or crowds another, and in a database of its own. */
async function measureAlone(engine: EngineName, size: number): Promise<EngineFigures> {
  if (!needsServer(engine) || !serverUrl) return measureInChild(engine, size, '');
  const database = await createFreshDatabase(serverUrl);
  try {
    return await measureInChild(engine, size, database.url);
  } finally {
    await database.drop();
  }
}

/** With the flags of the bot in which the engine would live. */
async function measureInChild(engine: EngineName, size: number, url: string): Promise<EngineFigures> {
  const heap = livesInHeap(engine) ? [`--max-old-space-size=${peerHeap}`] : [];
  const { stdout } = await promisify(execFile)(process.execPath, [
    ...startFlags,
    ...heap,
    '--expose-gc',
    child,
    engine,
    String(size),
    url,
  ]);
  return JSON.parse(stdout) as EngineFigures;
}

function readArguments() {
  try {
    const { values } = parseArgs({
      options: {
        sizes: { type: 'string', default: '1000,10000,100000' },
        engines: { type: 'string', default: engineNames.join(',') },
        json: { type: 'boolean', default: false },
      },
    });
    return {
      sizes: values.sizes.split(',').map(toSize),
      engines: values.engines.split(',').map(toEngine),
      json: values.json,
    };
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : error} Usage: ${usage}`);
    process.exit(2);
  }
}

function toSize(text: string): number {
  const size = Number(text);
  if (!Number.isInteger(size) || size < 1) throw new Error(`--sizes: ${text} is no number of solutions.`);
  return size;
}

function toEngine(name: string): EngineName {
  if (isEngineName(name)) return name;
  throw new Error(`--engines: ${name} is none of ${engineNames.join(', ')}.`);
}
