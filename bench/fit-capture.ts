import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { Weights } from '#domain/capture/weights.ts';
import { threadSets } from '#test/support/capture/thread-fixtures.ts';
import { crossValidateStory } from './fit/cross-validate-story.ts';
import { asWeights, fitStory } from './fit/fit-story.ts';
import { readLearntThreads } from './fit/learnt-threads.ts';
import { toTable } from './fit/weights-table.ts';

/**
 * Fits what speaks for a cause, a fix, a confirmation and an outcome on the threads of test/fixtures, and writes
 * src/domain/capture/fitted: node bench/fit-capture.ts [--cross-validate]. With the flag nothing is written: it prints
 * how often the threads of a writer are read right by weights that were fitted on those of all other writers.
 */
const { values } = parseArgs({ options: { 'cross-validate': { type: 'boolean', default: false } } });
const threads = await readLearntThreads(threadSets.fitted);
if (values['cross-validate']) console.table(crossValidateStory(threads));
else writeWeights();

function writeWeights(): void {
  const { judging, messages, outcomes } = fitStory(threads);
  for (const [role, fitted] of Object.entries(judging.impressions))
    write(`${role}-impression`, `${role}Impression`, fitted);
  for (const [role, fitted] of Object.entries(judging.roles)) write(`${role}-role`, `${role}Role`, fitted);
  for (const [name, fitted] of Object.entries({ ...messages, ...outcomes }))
    write(name, name, asWeights(fitted));
}

function write(file: string, name: string, fitted: Weights): void {
  const text = `import { readWeights } from '../weights.ts';

// Fitted by bench/fit-capture.ts on ${threads.length} threads; not to be edited by hand.

export const ${name}Weights = readWeights(\`
${toTable(fitted)}
\`);
`;
  writeFileSync(new URL(`../src/domain/capture/fitted/${file}-weights.ts`, import.meta.url), text);
}
