import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createBashCommandParser } from '#adapters/shell-syntax/create-bash-command-parser.ts';
import { classifyLine } from '#domain/risk/classify-line.ts';
import { type Risk, riskOrder } from '#domain/risk/risk.ts';

/** A line of an operator with the risk that a careful colleague gives it, and why. */
interface LabelledCommand {
  readonly risk: Risk;
  readonly command: string;
  readonly why: string;
}

const parser = await createBashCommandParser();

const files = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12].map((round) => `commands-${round}`);

function readCommands(file: string): readonly LabelledCommand[] {
  const url = new URL(`../fixtures/risk/${file}.jsonl`, import.meta.url);
  const lines = readFileSync(url, 'utf8').trim().split('\n');
  return lines.map((line): LabelledCommand => JSON.parse(line));
}

const judged = files
  .flatMap(readCommands)
  .map((labelled) => ({ ...labelled, found: classifyLine(labelled.command, parser.parse).risk }));

/** The commands of one label that got another risk, as text that a failing test can show. */
function missed(label: Risk, isMiss: (found: Risk) => boolean): readonly string[] {
  return judged
    .filter(({ risk, found }) => risk === label && isMiss(found))
    .map(({ risk, found, command }) => `${risk} > ${found}: ${command}`);
}

const allOf = (label: Risk) => judged.filter(({ risk }) => risk === label).length;

describe('risk of labelled operator commands', () => {
  it('has at least 700 of them, each once, of all three risks', () => {
    expect(judged.length).toBeGreaterThanOrEqual(700);
    expect(new Set(judged.map(({ command }) => command)).size).toBe(judged.length);
    for (const label of Object.keys(riskOrder) as Risk[]) expect(allOf(label)).toBeGreaterThan(200);
    expect(judged.filter(({ why }) => why === '')).toEqual([]);
  });

  it('calls no destructive command read-only', () => {
    expect(missed('destructive', (found) => found === 'read-only')).toEqual([]);
  });

  it('calls no more than 0.5 % of all read-only that change something', () => {
    const called = missed('mutating', (found) => found === 'read-only');
    expect(called.length / judged.length, called.join('\n')).toBeLessThanOrEqual(0.005);
  });

  it('calls no more than 2 % of the destructive ones mutating', () => {
    const called = missed('destructive', (found) => found === 'mutating');
    expect(called.length / allOf('destructive'), called.join('\n')).toBeLessThanOrEqual(0.02);
  });

  it('calls no more than 15 % of the read-only ones worse', () => {
    const called = missed('read-only', (found) => found !== 'read-only');
    expect(called.length / allOf('read-only'), called.join('\n')).toBeLessThanOrEqual(0.15);
  });
});
