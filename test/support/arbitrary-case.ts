import type { Case } from '#domain/solution.ts';
import { trickyTexts } from './arbitrary-runbook.ts';
import { fc } from './properties.ts';

/** What a database can hold: no NUL. Half characters come from nowhere. */
const storable = fc.string({ unit: 'grapheme', maxLength: 12 }).map((text) => text.replaceAll('\0', ''));
const breaks = fc.constantFrom('\n', '\n\n', '\r\n', '\r', ' ', '\t', '\u2028', '\u0085', '');
const lines = fc.constantFrom(
  '## Symptoms',
  '## x',
  '---',
  '```text',
  '```',
  '````text',
  'recourse:',
  '  version: 9',
  '',
);

/** Any text, more often one that means something to Markdown or YAML. */
export const anyText = fc
  .array(fc.tuple(fc.oneof(fc.constantFrom(...trickyTexts), lines, storable), breaks), { maxLength: 6 })
  .map((parts) => parts.flat().join(''));
const title = anyText.filter((text) => text.trim() !== '');

export const arbitraryCase: fc.Arbitrary<Case> = fc
  .record({
    title,
    symptoms: anyText,
    rootCause: anyText,
    resolution: anyText,
    validation: anyText,
    steps: fc.option(anyText, { nil: undefined }),
    tags: fc.array(anyText, { maxLength: 3 }),
    tookMinutes: fc.option(fc.nat(1_000_000), { nil: undefined }),
    people: fc.option(fc.array(anyText, { maxLength: 2 }), { nil: undefined }),
    owner: anyText,
    appliesTo: fc.record(
      { os: anyText, service: anyText, hostGroup: anyText, environment: fc.array(anyText, { maxLength: 2 }) },
      { requiredKeys: [] },
    ),
  })
  .map(({ steps, tookMinutes, people, ...rest }) => ({
    ...rest,
    ...(steps === undefined ? {} : { steps }),
    ...(tookMinutes === undefined ? {} : { tookMinutes }),
    ...(people === undefined ? {} : { people }),
  }));
