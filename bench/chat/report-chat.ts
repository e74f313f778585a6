import { availableParallelism, loadavg } from 'node:os';
import { percentile } from '../measure-retrieval.ts';
import { isMet, printTable, type Row, rounded } from '../report.ts';
import type { BurstFigures } from './measure-burst.ts';
import type { ReplyFigures } from './measure-replies.ts';
import type { UpdateFigures } from './measure-updates.ts';
import type { PeriodFigures } from './watch-period.ts';

/** Collects the rows of one platform, and prints them with the load that the machine had. */
export function createChatReport() {
  const rows: Row[] = [];
  const loadBefore = loadavg()[0] ?? Number.NaN;
  const add = (what: string, measured: number, unit: Row['unit'], bar: number | null = null): void => {
    rows.push({ what, measured: rounded(measured), unit, bar });
  };
  return {
    acknowledged: (what: string, { acknowledged }: PeriodFigures, bar: number): void => {
      add(`${what}: acknowledgement, p50`, percentile(acknowledged, 0.5), 'ms');
      add(`${what}: acknowledgement, p99`, percentile(acknowledged, 0.99), 'ms', bar);
    },
    replied: (what: string, { replied, eventLoopP99Ms }: ReplyFigures): void => {
      add(`${what}: message to answer, p50`, percentile(replied, 0.5), 'ms');
      add(`${what}: message to answer, p95`, percentile(replied, 0.95), 'ms', 500);
      add(`${what}: event loop delay meanwhile, p99`, eventLoopP99Ms, 'ms');
    },
    took: (what: string, { took }: PeriodFigures): void => {
      add(`${what}: one call at the server, p50`, percentile(took, 0.5), 'ms');
      add(`${what}: one call at the server, p95`, percentile(took, 0.95), 'ms');
    },
    burst: (what: string, messages: number, burst: BurstFigures): void => {
      add(`${what}: message to answer, p50`, percentile(burst.replied, 0.5) / 1000, 's');
      add(`${what}: message to answer, p95`, percentile(burst.replied, 0.95) / 1000, 's', 15);
      add(`${what}: messages without an answer`, messages - burst.replied.length, '', 0);
      add(`${what}: messages with two answers`, burst.twice, '', 0);
      add(`${what}: posts refused`, burst.refused, '');
      add(`${what}: event loop delay, p99`, burst.eventLoopP99Ms, 'ms');
    },
    updated: (updates: UpdateFigures): void => {
      add('every third call refused: states stored', updates.stored, '');
      add('every third call refused: states lost', updates.lost, '', 0);
      add('every third call refused: states out of order or twice', updates.disordered, '', 0);
      add('every third call refused: calls refused', updates.refused, '');
      add('every third call refused: until all were stored', updates.seconds, 's');
    },
    print: (asJson: boolean): void => {
      const load = [loadBefore, loadavg()[0] ?? Number.NaN].map(rounded);
      const cores = availableParallelism();
      if (asJson) {
        const told = rows.map((row) => ({ ...row, met: isMet(row) }));
        console.log(JSON.stringify({ cores, load, rows: told }));
      } else {
        printTable(rows);
        console.log(`Load average of the machine (${cores} cores): ${load[0]} before, ${load[1]} after.`);
      }
    },
  };
}
