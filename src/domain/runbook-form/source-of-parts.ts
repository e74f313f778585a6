import { yamlScalar } from '../runbook/yaml-text.ts';
import type { RunbookTexts } from './restore-parts.ts';

/** The parts that have a syntax, as the source of a runbook, and where each of its lines comes from. */
export interface PartsSource {
  readonly text: string;
  /** The part that a line (from 1) stands in, with its number there (from 1); the title for what is in none. */
  readonly placeOf: (line: number) => {
    readonly part: 'title' | 'parameters' | 'steps';
    readonly line: number;
  };
}

/** Parameters are set in, so that nothing of them can end the front matter or begin another key of it. */
export function sourceOfParts({ title, parameters, steps }: RunbookTexts): PartsSource {
  const given = parameters.trim() === '' ? [] : parameters.split('\n').map((line) => `  ${line}`);
  const head = [
    '---',
    `title: ${yamlScalar(title)}`,
    ...(given.length === 0 ? [] : ['parameters:', ...given]),
  ];
  const lines = [...head, '---', '', steps];
  const firstGiven = head.length - given.length + 1;
  const firstStep = head.length + 3;
  return {
    text: `${lines.join('\n')}\n`,
    placeOf: (line) => {
      if (line >= firstStep) return { part: 'steps', line: line - firstStep + 1 };
      return given.length > 0 && line >= firstGiven
        ? { part: 'parameters', line: Math.min(line - firstGiven + 1, given.length) }
        : { part: 'title', line: 1 };
    },
  };
}
