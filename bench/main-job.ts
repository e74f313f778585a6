import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { measureAnswers } from './measure-answers.ts';
import {
  type MemoryFigures,
  measureMemory,
  measureServerMemory,
  measureStarts,
} from './measure-processes.ts';
import { percentile } from './measure-retrieval.ts';
import { isMet, printTable, type Row, rounded } from './report.ts';

/** `npm run bench -- [--json]`: the figures of the main job beside their bars. docs/benchmarks.md explains them. */
const { values } = parseArgs({ options: { json: { type: 'boolean', default: false } } });
const questions = 1_000;
const solutions = 1_000;
const timedQuestions = 400;
const serverUrl = process.env.RECOURSE_TEST_POSTGRES_URL;

const rows: Row[] = [];
const add = (what: string, measured: number, unit: Row['unit'], bar: number | null = null): void => {
  rows.push({ what, measured: rounded(measured), unit, bar });
};

function addMemory(database: string, figures: MemoryFigures, bar: number): void {
  add(`memory idle, ${database}`, figures.idleMb, 'MB', bar);
  add(`memory after ${questions} questions, ${database}`, figures.afterMb, 'MB', bar);
  add(`memory at its highest meanwhile, ${database}`, figures.highestMb, 'MB');
}

const starts = await measureStarts();
add('first start to ready, embedded', starts.firstReadyMs / 1000, 's', 8);
add('first start to the playground page', starts.firstDoorMs / 1000, 's');
add('restart to ready, embedded', starts.restartMs / 1000, 's', 2);

const { times, eventLoopP99Ms } = await measureAnswers(solutions, timedQuestions);
add(`message to reply at ${solutions} solutions, embedded, p50`, percentile(times, 0.5), 'ms');
add(`message to reply at ${solutions} solutions, embedded, p95`, percentile(times, 0.95), 'ms', 100);
add('event loop delay meanwhile, p99', eventLoopP99Ms, 'ms');

addMemory('embedded', await measureMemory(questions), 450);
if (serverUrl) addMemory('PostgreSQL', await measureServerMemory(questions, serverUrl), 200);

if (values.json)
  console.log(
    JSON.stringify({ cores: availableParallelism(), rows: rows.map((row) => ({ ...row, met: isMet(row) })) }),
  );
else {
  printTable(rows);
  if (!serverUrl) console.log('Set RECOURSE_TEST_POSTGRES_URL to measure memory with PostgreSQL too.');
}
