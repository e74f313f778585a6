import { describe, expect, it } from 'vitest';
import { createRunbookParser } from '#adapters/markdown/create-runbook-parser.ts';
import { createSolutionFiles } from '#adapters/markdown/solution-files/create-solution-files.ts';
import { matchWhole } from '#adapters/system/match-pattern.ts';
import { renderRunbook } from '#domain/runbook/render-runbook.ts';
import { createFilePaths, readFilePath } from '#domain/solution-file/file-path.ts';
import { renderCase } from '#domain/solution-file/render-case.ts';
import { type RecordedVersion, versionSources, versionStates } from '#domain/solution-file/version-record.ts';
import { anyText, arbitraryCase } from '#test/support/arbitrary-case.ts';
import { arbitraryRunbook } from '#test/support/arbitrary-runbook.ts';
import { fc } from '#test/support/properties.ts';
import { somePastCase, someRunbook } from '#test/support/solutions.ts';

const files = createSolutionFiles(createRunbookParser(matchWhole));
const place = { slug: 'x', version: null };

const record = fc.record({
  slug: fc.constant('x'),
  version: fc.integer({ min: 1, max: 99 }),
  state: fc.constantFrom(...versionStates),
  reason: fc.option(anyText),
  parent: fc.option(fc.integer({ min: 1, max: 9 })),
  author: anyText,
  source: fc.constantFrom(...versionSources),
  origin: anyText,
  createdAt: fc.integer({ min: 0, max: 4e12 }),
});

const recorded = (version: Partial<RecordedVersion>): RecordedVersion => ({
  ...{ slug: 'x', version: 3, state: 'active', reason: null, parent: 2, author: '@sre', source: 'import' },
  ...{ origin: 'runbooks/x.md', createdAt: Date.UTC(2026, 10, 25), text: '', content: someRunbook('X') },
  ...version,
});

/** Reads what was written, and writes what was read. */
function goRound(version: RecordedVersion) {
  const { source } = files.write(version, false);
  const read = files.read(source, { ...place, kind: version.content.kind });
  if (read.kind === 'invalid') throw new Error(JSON.stringify(read.problems));
  return {
    source,
    read,
    again: files.write({ ...version, ...read.record, text: read.text, content: read.content }, false).source,
  };
}

describe('files of exported knowledge', () => {
  it('hold any case, exactly', () => {
    fc.assert(
      fc.property(arbitraryCase, record, (past, found) => {
        const content = { kind: 'case', case: past } as const;
        const { source, read, again } = goRound({ ...found, content, text: JSON.stringify(past) });
        expect(read.content).toEqual(content);
        const { slug: _, reason, parent, ...rest } = found;
        expect({ reason: null, parent: null, ...read.record }).toEqual({ reason, parent, ...rest });
        expect(again).toBe(source);
      }),
      { numRuns: 500 },
    );
  });

  it('hold any runbook, exactly, and can be read as one', () => {
    fc.assert(
      fc.property(arbitraryRunbook, record, (runbook, found) => {
        const text = renderRunbook(runbook);
        const { source, read, again } = goRound({ ...found, content: { kind: 'runbook', runbook }, text });
        expect(read).toMatchObject({ text, content: { kind: 'runbook', runbook } });
        expect(again).toBe(source);
        expect(createRunbookParser(matchWhole).parse(source, 'x.md')).toEqual({
          kind: 'runbook',
          runbook,
          warnings: [],
        });
      }),
      { numRuns: 200 },
    );
  });

  it.each([
    ['comments and layout of its own', '---\n# why\ntitle:   "X"\n---\n## Check\nLook.\n```sh\ndf\n```'],
    ['line ends of Windows', '---\r\ntitle: X\r\n---\r\n## Check\r\n```sh\r\ndf\r\n```\r\n'],
    ['no front matter', '# X\n\n    code\n\n```\nx\n```\n---\n'],
    ['a mark of byte order', '\ufeff---\ntitle: X\n---\n'],
    ['a rule at its end', '# X\n---\n'],
  ])('keep a runbook with %s as it was written', (_, text) => {
    const parsed = createRunbookParser(matchWhole).parse(text, 'x.md');
    if (parsed.kind !== 'runbook') throw new Error(JSON.stringify(parsed));
    const { read } = goRound(recorded({ text, content: { kind: 'runbook', runbook: parsed.runbook } }));
    expect(read).toMatchObject({ text, content: { runbook: parsed.runbook } });
  });

  it('are pages that a person would have written', () => {
    const content = somePastCase('Disk full', {
      symptoms: 'df says 100%\non /var',
      steps: '$ df -h\n(succeeded)',
      tags: ['disk'],
      owner: 'Rae',
      appliesTo: { os: 'linux' },
      rootCause: '',
      resolution: 'Rotated the logs.',
      validation: '',
    });
    expect(files.write(recorded({ content, text: '{}' }), false).source).toBe(`---
title: Disk full
applies_to: { os: linux }
tags: [disk]
owner: Rae
recourse:
  version: 3
  parent: 2
  state: active
  source: import
  author: "@sre"
  origin: runbooks/x.md
  created: 2026-11-25T00:00:00.000Z
---

## Symptoms

df says 100%
on /var

## Resolution

Rotated the logs.

## Steps

\`\`\`text
$ df -h
(succeeded)
\`\`\`
`);
  });

  it('tell every mistake with its line', () => {
    const source = [
      '---',
      'recourse:',
      '  version: two',
      '  colour: red',
      'title: X',
      'mood: bad',
      '---',
      'stray',
      '## Symptoms',
      'a',
      '## Symptom',
    ].join('\n');
    const read = files.read(source, { ...place, kind: 'case' });
    if (read.kind !== 'invalid') throw new Error('it was read');
    expect(read.problems.map(({ line, message }) => [line, message.slice(0, 24)])).toEqual([
      [3, '"version" must be a whol'],
      [4, 'unknown key "colour"; kn'],
      [6, 'unknown key "mood"; know'],
      [8, 'text above the first sec'],
      [11, 'unknown section; known a'],
    ]);
  });

  it('read any text or say what is wrong', () => {
    fc.assert(
      fc.property(anyText, fc.constantFrom('case' as const, 'runbook' as const), (text, kind) => {
        const read = files.read(`---\ntitle: X\n---\n${text}`, { ...place, kind });
        if (read.kind === 'invalid') expect(read.problems.length).toBeGreaterThan(0);
        else
          expect(files.read(renderOf(read.content), { ...place, kind })).toMatchObject({ kind: 'solution' });
      }),
    );
  });
});

const renderOf = (content: RecordedVersion['content']): string =>
  content.kind === 'case' ? renderCase(content.case) : renderRunbook(content.runbook);

describe('paths of exported knowledge', () => {
  const slug = fc.oneof(
    fc.string({ unit: 'grapheme', minLength: 1, maxLength: 300 }),
    fc.constantFrom(
      '..',
      '../..',
      'a/../b',
      '/etc/passwd',
      'a//b',
      '.git/x',
      'README',
      'CON',
      'a b',
      'é',
      'e\u0301',
      '~x',
    ),
  );

  it('stay within the folder, differ where names differ, and lead back to the name', () => {
    fc.assert(
      fc.property(fc.uniqueArray(slug, { minLength: 1, maxLength: 5 }), (slugs) => {
        const pathOf = createFilePaths(slugs);
        const paths = slugs.flatMap((one) => [pathOf('case', one, null), pathOf('case', one, 2)]);
        expect(new Set(paths.map((path) => path.toLowerCase())).size).toBe(paths.length);
        for (const path of paths) {
          expect(path).toMatch(/^(cases|versions\/cases)\/(?!\.)[^\0]+\.md$/);
          expect(path).not.toMatch(/\/\.|\/\/|\\|README/);
          expect(Math.max(...path.split('/').map((part) => Buffer.byteLength(part)))).toBeLessThan(255);
        }
        for (const one of slugs) {
          const read = readFilePath(pathOf('case', one, null));
          expect(read).toMatchObject({ kind: 'case', version: null });
          expect([null, one]).toContain(read?.slug);
        }
      }),
    );
  });

  it('are read as they are written by hand, and nothing else is', () => {
    expect(createFilePaths(['db/slow'])('runbook', 'db/slow', null)).toBe('runbooks/db/slow.md');
    expect(readFilePath('runbooks/my notes.md')?.slug).toBe('my notes');
    expect(readFilePath('versions/cases/a/b/12.md')).toEqual({ kind: 'case', slug: 'a/b', version: 12 });
    for (const path of ['x.md', 'runbooks/x.txt', 'versions/cases/a/b.md', 'cases/%zz.md'])
      expect(readFilePath(path)).toBeUndefined();
  });
});
