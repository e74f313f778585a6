import { measureBurst } from './measure-burst.ts';
import { percentile } from './measure-retrieval.ts';
import { printTable, type Row, rounded } from './report.ts';

/**
 * `node bench/burst.ts`: 200 problem messages in 10 s over 20 channels of a chat that takes one new message a second
 * and channel, with a search that waits 30 ms for its embedding. Once the chat tells its pause, once it is learnt.
 */
const messages = 200;

const rows: Row[] = [];
const add = (what: string, measured: number, unit: Row['unit'], bar: number | null = null): void => {
  rows.push({ what, measured: rounded(measured), unit, bar });
};

for (const tells of [true, false]) {
  const { times, twice, refused } = await measureBurst(messages, tells);
  const how = tells ? 'pause told' : 'pause learnt';
  add(`message to answer, ${how}, p50`, percentile(times, 0.5) / 1000, 's');
  add(`message to answer, ${how}, p95`, percentile(times, 0.95) / 1000, 's', 15);
  add(`messages without an answer, ${how}`, messages - times.length, '', 0);
  add(`messages with two answers, ${how}`, twice, '', 0);
  add(`calls that the chat refused, ${how}`, refused, '');
}
printTable(rows);
