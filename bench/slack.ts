import { availableParallelism, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { percentile } from './measure-retrieval.ts';
import { isMet, printTable, type Row, rounded } from './report.ts';
import { measureBurst } from './slack/measure-burst.ts';
import { measureReplies } from './slack/measure-replies.ts';
import { measureUpdates } from './slack/measure-updates.ts';
import { type Mode, openSlackBench } from './slack/open-slack-bench.ts';

/** `npm run bench:slack -- [--json]`: the bot against a Slack server, end to end. docs/benchmarks.md explains it. */
const { values } = parseArgs({ options: { json: { type: 'boolean', default: false } } });
const solutions = 1_000;
const questions = 400;
const messages = 200;
const acknowledgeBar = 300;

const rows: Row[] = [];
const add = (what: string, measured: number, unit: Row['unit'], bar: number | null = null): void => {
  rows.push({ what, measured: rounded(measured), unit, bar });
};

async function measure(mode: Mode): Promise<void> {
  await using bench = await openSlackBench(mode, solutions);
  const alone = await measureReplies(bench, questions);
  add(`${mode}: acknowledgement, p50`, percentile(alone.acknowledged, 0.5), 'ms');
  add(`${mode}: acknowledgement, p99`, percentile(alone.acknowledged, 0.99), 'ms', acknowledgeBar);
  add(`${mode}: message to answer, p50`, percentile(alone.replied, 0.5), 'ms');
  add(`${mode}: message to answer, p95`, percentile(alone.replied, 0.95), 'ms', 500);
  add(`${mode}: event loop delay meanwhile, p99`, alone.eventLoopP99Ms, 'ms');
  const burst = await measureBurst(bench, messages);
  add(`${mode}, burst: acknowledgement, p50`, percentile(burst.acknowledged, 0.5), 'ms');
  add(`${mode}, burst: acknowledgement, p99`, percentile(burst.acknowledged, 0.99), 'ms', acknowledgeBar);
  add(`${mode}, burst: message to answer, p50`, percentile(burst.replied, 0.5) / 1000, 's');
  add(`${mode}, burst: message to answer, p95`, percentile(burst.replied, 0.95) / 1000, 's', 15);
  add(`${mode}, burst: messages without an answer`, messages - burst.replied.length, '', 0);
  add(`${mode}, burst: messages with two answers`, burst.twice, '', 0);
  add(`${mode}, burst: posts refused`, burst.refused, '');
  add(`${mode}, burst: event loop delay, p99`, burst.eventLoopP99Ms, 'ms');
}

const loadBefore = loadavg()[0] ?? Number.NaN;
await measure('socket');
await measure('http');
const updates = await measureUpdates();
add('every third call refused: states stored', updates.stored, '');
add('every third call refused: states lost', updates.lost, '', 0);
add('every third call refused: states out of order or twice', updates.disordered, '', 0);
add('every third call refused: calls refused', updates.refused, '');
add('every third call refused: until all were stored', updates.seconds, 's');
const load = [loadBefore, loadavg()[0] ?? Number.NaN].map(rounded);
const cores = availableParallelism();

if (values.json)
  console.log(JSON.stringify({ cores, load, rows: rows.map((row) => ({ ...row, met: isMet(row) })) }));
else {
  printTable(rows);
  console.log(`Load average of the machine (${cores} cores): ${load[0]} before, ${load[1]} after.`);
}
