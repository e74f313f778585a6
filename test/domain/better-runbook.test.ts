import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createRunbookParser } from '#adapters/markdown/create-runbook-parser.ts';
import { matchWhole } from '#adapters/system/match-pattern.ts';
import { improveRunbook, type Lesson, type WrittenRunbook } from '#domain/better-runbook/improve-runbook.ts';
import { renderRunbook } from '#domain/runbook/render-runbook.ts';
import { arbitraryRunbook, trickyTexts } from '#test/support/arbitrary-runbook.ts';
import { fc } from '#test/support/properties.ts';

const parser = createRunbookParser(matchWhole);
const read = (text: string, name: string) => {
  const parsed = parser.parse(text, name);
  if (parsed.kind === 'invalid') throw new Error(JSON.stringify(parsed.problems));
  return parsed.runbook;
};
const lesson = (written: WrittenRunbook, index: number, note: string): Lesson => ({
  step: written.runbook.steps[index],
  ...{ note, titled: `Of a step: ${note}`, timeoutMs: 600_000 },
});

const someNote = fc
  .array(fc.constantFrom(...trickyTexts, 'exit 3', '<id>', '$NAME', '{{host}}'), { maxLength: 5 })
  .map((words) => ['it wrote:', ...words].join(' '));

describe('the next version of a runbook', () => {
  it('reads back as the runbook that it is stored as, whatever was seen', () => {
    fc.assert(
      fc.property(arbitraryRunbook, someNote, fc.nat(5), (runbook, note, index) => {
        const text = renderRunbook(runbook);
        const better = improveRunbook({ runbook, text }, lesson({ runbook, text }, index, note), true);
        expect(read(better.text, 'x.md')).toEqual(better.runbook);
      }),
      { numRuns: 100 },
    );
  });

  const pack = readdirSync('runbooks').filter((name) => name.endsWith('.md') && name !== 'README.md');
  it.each(pack)('changes only lines of the step in %s', (name) => {
    const text = readFileSync(`runbooks/${name}`, 'utf8');
    const runbook = read(text, name);
    for (const [index, step] of runbook.steps.entries()) {
      const better = improveRunbook({ runbook, text }, lesson({ runbook, text }, index, 'It failed.'), true);
      expect(read(better.text, name)).toEqual(better.runbook);
      expect(better.runbook.steps[index]?.notes.endsWith('It failed.')).toBe(true);
      const kept = better.text.split('\n').filter((line) => !text.includes(line));
      expect(kept.every((line) => line === 'It failed.' || line.includes(`"id":"${step.id}"`))).toBe(true);
    }
  });

  it('gives a step more time where its fence says how long it has', () => {
    const text =
      '---\ntitle: T\n---\n\n## Fix\n\nDo it.\n\n```sh {"id":"do","timeout":"30s"}\ntrue\n```\n\nOther.\n\n```sh {"id":"other"}\nfalse\n```\n';
    const runbook = read(text, 'x.md');
    const first = improveRunbook({ runbook, text }, lesson({ runbook, text }, 0, 'Slow.'), true);
    expect(first.runbook.steps[0]?.timeoutMs).toBe(600_000);
    expect(first.text).toContain('Slow.\n\nDo it.\n\n```sh {"id":"do","timeout":"10m"}');
    const second = improveRunbook({ runbook, text }, lesson({ runbook, text }, 1, 'Slow.'), true);
    expect(second.runbook.steps[1]?.timeoutMs).toBe(60_000);
  });

  it('puts what fits nowhere else into the notes, with the step that it is about', () => {
    const text = '# Page\n\nText.\n\n## Fix\n\n- Do it:\n\n```sh\ntrue\n```\n\n## Notes\n\nOld.\n';
    const runbook = read(text, 'x.md');
    const better = improveRunbook({ runbook, text }, lesson({ runbook, text }, 0, 'It failed.'), true);
    expect(better.text).toBe(`${text}\nOf a step: It failed.\n`);
    expect(read(better.text, 'x.md')).toEqual(better.runbook);
  });
});
