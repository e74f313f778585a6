import { monitorEventLoopDelay, performance } from 'node:perf_hooks';
import { parseArgs } from 'node:util';
import { createFoldWorkspace } from '#application/fold-signals.ts';
import { printTable, type Row, rounded } from './report.ts';
import { syntheticRunbooks } from './synthetic-runbooks.ts';
import { fillFeedback } from './year/fill-feedback.ts';
import { openYear } from './year/open-year.ts';

/**
 * `npm run bench:fold -- [--votes 100000]`: how long the fold of a workspace takes, on the server that
 * RECOURSE_TEST_POSTGRES_URL names or embedded. docs/benchmarks.md explains the figures.
 */
const { values } = parseArgs({
  options: {
    votes: { type: 'string', default: '100000' },
    people: { type: 'string', default: '200' },
    solutions: { type: 'string', default: '500' },
  },
});
const size = { votes: Number(values.votes), people: Number(values.people) };
const serverUrl = process.env.RECOURSE_TEST_POSTGRES_URL;
const year = await openYear(serverUrl);
try {
  await year.load(syntheticRunbooks(Number(values.solutions)));
  await year.setClock(Date.now());
  await fillFeedback(year.open, year.workspace, size);
  const fold = createFoldWorkspace(year.core);
  const rows: Row[] = [];
  for (const what of ['the first fold', 'the same again, nothing new']) {
    const delay = monitorEventLoopDelay({ resolution: 5 });
    delay.enable();
    const began = performance.now();
    const before = process.cpuUsage();
    const report = await fold(year.workspace);
    const seconds = (performance.now() - began) / 1000;
    const { user, system } = process.cpuUsage(before);
    delay.disable();
    if (report === 'busy') throw new Error('nobody else folds here');
    console.error(`${what}: ${report.signals} signals, ${report.deprecated.length} deprecated`);
    rows.push({ what, measured: rounded(seconds), unit: 's', bar: serverUrl ? 10 : null });
    rows.push({
      what: 'of it, this process computing',
      measured: rounded((user + system) / 1e6),
      unit: 's',
      bar: null,
    });
    const waited = rounded(delay.percentile(99) / 1e6);
    rows.push({ what: 'event loop delay meanwhile, p99', measured: waited, unit: 'ms', bar: null });
  }
  printTable(rows);
} finally {
  await year.close();
}
