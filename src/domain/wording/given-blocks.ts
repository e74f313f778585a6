import type { Block } from '../reply.ts';
import type { Given } from '../runbook/given.ts';
import { givenLines } from './given-lines.ts';

/** What a step is given, shown as whole as its command is: whoever approves the one approves the other. */
export function givenBlocks(given: Given): readonly Block[] {
  const lines = givenLines(given);
  if (lines.length === 0) return [];
  return [
    { kind: 'note', line: ['It is given this, and nothing else of the environment of Recourse:'] },
    { kind: 'code', role: 'given', text: lines.join('\n') },
  ];
}
