import { cpuUsage } from 'node:process';
import { createRedactor } from '#domain/redaction/redact.ts';
import { hostileFromRules } from '#test/support/redaction/hostile-from-rules.ts';
import { hostilePieces, hostileText } from '#test/support/redaction/hostile-texts.ts';
import { judgeRedaction } from '#test/support/redaction/judge-redaction.ts';
import {
  harmlessSets,
  type MarkedText,
  readMarkedTexts,
  secretSets,
} from '#test/support/redaction/marked-texts.ts';

/*
 * How many secrets of the development sets are masked, how many texts come out exactly right, how many look-alikes
 * are changed; then the processor time for a megabyte of ordinary and of hostile text, with 20 known secrets.
 * `node bench/redaction.ts --list [set…]` shows what went wrong, set by set.
 */
const known = Array.from({ length: 20 }, (_, n) => `known-${n}-${'aB3dE5gH7'.repeat(2)}`);
const redact = createRedactor(known);
const list = process.argv.includes('--list');
const named = process.argv.slice(2).filter((name) => !name.startsWith('--'));

for (const name of named.length > 0 ? named : [...secretSets, ...harmlessSets]) {
  if (name.startsWith('look-alikes')) measureLookAlikes(name, readMarkedTexts(name));
  else measureSecrets(name, readMarkedTexts(name));
}
if (!list) {
  measureTime();
  measureFromRules();
}

function measureLookAlikes(name: string, texts: readonly MarkedText[]): void {
  const changed = texts.filter(({ text }) => redact(text) !== text);
  console.log(`${name}: ${share(changed.length, texts.length)} changed`);
  if (list) for (const { text } of changed) console.log(`  CHANGED ${text}\n       -> ${redact(text)}`);
}

function measureSecrets(name: string, texts: readonly MarkedText[]): void {
  const judged = texts.map((text) => {
    const redacted = redact(text.text);
    return { source: text.source, redacted, ...judgeRedaction(text, redacted) };
  });
  const all = texts.flatMap(({ secrets }) => secrets).length;
  const missed = judged.flatMap((one) => one.missed).length;
  const exact = judged.filter((one) => one.exact).length;
  console.log(
    `${name}: ${share(all - missed, all)} secrets masked, ${share(exact, texts.length)} texts exact`,
  );
  if (!list) return;
  for (const one of judged.filter(({ exact }) => !exact))
    console.log(
      `  ${one.missed.length > 0 ? 'MISSED ' : 'INEXACT'} ${one.source}\n       -> ${one.redacted}`,
    );
}

function measureTime(): void {
  const ordinary = readMarkedTexts('look-alikes')
    .map(({ text }) => text)
    .join('\n');
  console.log(`1 MB of look-alikes: ${costOf(hostileText(`${ordinary}\n`, 1_000_000)).toFixed(0)} ms`);
  const costs = hostilePieces
    .map((piece) => ({ piece, ms: costOf(hostileText(piece, 1_000_000)) }))
    .toSorted((a, b) => b.ms - a.ms);
  const at = (part: number) => costs[Math.floor((costs.length - 1) * part)]?.ms.toFixed(0);
  console.log(
    `1 MB of each of ${costs.length} hostile pieces: median ${at(0.5)} ms, 9 of 10 below ${at(0.1)} ms`,
  );
  console.log(
    costs
      .slice(0, 8)
      .map(({ piece, ms }) => `  ${ms.toFixed(0)} ms ${JSON.stringify(piece)}`)
      .join('\n'),
  );
}

/** What the rules themselves begin with, in many frames: 3 KB of each find the worst, of which a megabyte is measured. */
function measureFromRules(): void {
  const pieces = hostileFromRules();
  const worst = pieces
    .map((piece) => ({ piece, ms: costOf(hostileText(piece, 3_000)) }))
    .toSorted((a, b) => b.ms - a.ms)
    .slice(0, 12)
    .map(({ piece }) => ({ piece, ms: costOf(hostileText(piece, 1_000_000)) }))
    .toSorted((a, b) => b.ms - a.ms);
  console.log(`1 MB of the worst of ${pieces.length} pieces made from the rules:`);
  for (const { piece, ms } of worst) console.log(`  ${ms.toFixed(0)} ms ${JSON.stringify(piece)}`);
}

/** The lesser of two runs. */
function costOf(text: string): number {
  const once = () => {
    const before = cpuUsage();
    redact(text);
    const { user, system } = cpuUsage(before);
    return (user + system) / 1000;
  };
  return Math.min(once(), once());
}

function share(part: number, whole: number): string {
  return `${part} of ${whole} (${((100 * part) / Math.max(1, whole)).toFixed(1)} %)`;
}
