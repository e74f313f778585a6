import { availableParallelism, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { channelOf, type FloodPattern, floodPatterns } from './alerts/flood.ts';
import { cardChannels, measureCards } from './alerts/measure-cards.ts';
import { type FloodFigures, measureFlood } from './alerts/measure-flood.ts';
import { openAlertBench } from './alerts/open-alert-bench.ts';
import { percentile } from './measure-retrieval.ts';
import { isMet, printTable, type Row, rounded } from './report.ts';

/**
 * `npm run bench:alerts -- [--minutes N] [--rate N] [--fingerprints N] [--batch N] [--pattern one|many|both] [--calm-minutes N]
 * [--json]`: a storm of alerts, and alerts at a pace that people know. docs/benchmarks.md explains the figures.
 */
const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '10' },
    rate: { type: 'string', default: '10000' },
    fingerprints: { type: 'string', default: '10000' },
    batch: { type: 'string', default: '1' },
    pattern: { type: 'string', default: 'both' },
    'calm-minutes': { type: 'string', default: '3' },
    json: { type: 'boolean', default: false },
  },
});
const serverUrl = process.env.RECOURSE_TEST_POSTGRES_URL;
if (!serverUrl)
  throw new Error('Set RECOURSE_TEST_POSTGRES_URL: a storm is measured on a PostgreSQL server.');
const minutes = Number(values.minutes);
const pattern = floodPatterns.find((name) => name === values.pattern) as FloodPattern | undefined;
if (pattern === undefined) throw new Error(`--pattern must be of ${floodPatterns.join(', ')}`);

/** The cards that a channel takes before a storm, and the storm's own. */
const channelCap = 11;
const loadBefore = loadavg()[0] ?? Number.NaN;
const rows: Row[] = [];
const add = (what: string, measured: number, unit: Row['unit'] = '', bar: number | null = null): void => {
  rows.push({ what, measured: rounded(measured), unit, bar });
};

function addFlood(figures: FloodFigures): void {
  const [early, late] = [(minutes * 0.3).toPrecision(2), minutes];
  add('signals sent', figures.sent);
  add('signals a minute', figures.rate);
  add('signals lost', figures.lost, '', 0);
  add('fingerprints with another state than the last one told', figures.wrongStates, '', 0);
  add('fingerprints that no card counts', figures.uncounted, '', 0);
  add('threads of one fingerprint', figures.threads.one, '', 1);
  add('messages in that thread', figures.repliesToOne);
  add('cards in the channel of many fingerprints', figures.threads.many, '', channelCap);
  add('requests refused and sent again', figures.refused);
  add('request taken, p50', percentile(figures.took, 0.5), 'ms');
  add('request taken, p99', percentile(figures.took, 0.99), 'ms');
  add('signals that waited, at most', figures.backlog);
  add('caught up after the last one', figures.caughtUpMs / 1000, 's');
  add('press in another channel acknowledged, p50', percentile(figures.pressed, 0.5), 'ms');
  add('press in another channel acknowledged, p99', percentile(figures.pressed, 0.99), 'ms', 1_000);
  add(`memory after a collection, minute ${early}`, figures.earlyMb, 'MB');
  add(`memory after a collection, minute ${late}`, figures.lateMb, 'MB');
  add('difference, percent', Math.abs(figures.lateMb / figures.earlyMb - 1) * 100, '', 10);
}

{
  await using bench = await openAlertBench(serverUrl, cardChannels);
  const { shown, missing } = await measureCards(bench, Number(values['calm-minutes']));
  add('100 a minute: alert to card, p50', percentile(shown, 0.5), 'ms');
  add('100 a minute: alert to card, p95', percentile(shown, 0.95), 'ms', 2_000);
  add('100 a minute: cards that did not come', missing, '', 0);
}
{
  await using bench = await openAlertBench(serverUrl, Object.values(channelOf));
  const [ratePerMinute, fingerprints, batch] = [values.rate, values.fingerprints, values.batch].map(
    Number,
  ) as [number, number, number];
  addFlood(await measureFlood(bench, { pattern, minutes, ratePerMinute, fingerprints, batch }));
}

const load = [loadBefore, loadavg()[0] ?? Number.NaN].map(rounded);
const cores = availableParallelism();
if (values.json)
  console.log(JSON.stringify({ cores, load, rows: rows.map((row) => ({ ...row, met: isMet(row) })) }));
else {
  printTable(rows);
  console.log(`Load average of the machine (${cores} cores): ${load[0]} before, ${load[1]} after.`);
}
