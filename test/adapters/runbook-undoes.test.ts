import { describe, expect, it } from 'vitest';
import { createRunbookParser } from '#adapters/markdown/create-runbook-parser.ts';
import { matchWhole } from '#adapters/system/match-pattern.ts';
import { runbookSource } from '#test/support/application.ts';

const parse = (steps: Parameters<typeof runbookSource>[1]) =>
  createRunbookParser(matchWhole).parse(runbookSource('Undone', steps), 'undone.md');
const fix = (command: string) => ({ section: 'Fix', command });
const undo = (command: string, undoes?: unknown) => ({
  section: 'Rollback',
  command,
  ...(undoes === undefined ? {} : { attributes: { undoes } }),
});
const rollbackOf = (steps: Parameters<typeof parse>[0]): readonly string[] => {
  const parsed = parse(steps);
  if (parsed.kind === 'invalid') throw new Error(JSON.stringify(parsed.problems));
  return parsed.runbook.steps.filter(({ kind }) => kind === 'rollback').map(({ command }) => command);
};

describe('what a step of the rollback undoes', () => {
  it.each([
    ['the first first', [undo('no-a', 's1'), undo('no-b', 's2'), undo('no-c', 's3')]],
    ['the last first', [undo('no-c', 's3'), undo('no-b', 's2'), undo('no-a', 's1')]],
    ['in a list', [undo('no-a', ['s1']), undo('no-c', ['s2', 's3']), undo('no-b', 's2')]],
  ])('puts the steps in the reverse order of the fixes, written %s', (_how, rollback) => {
    expect(rollbackOf([fix('a'), fix('b'), fix('c'), ...rollback])).toEqual(['no-c', 'no-b', 'no-a']);
  });

  it('leaves where it stands what names nothing', () => {
    const steps = [undo('check'), undo('no-a', 's1'), undo('no-b', 's2'), undo('restart')];
    expect(rollbackOf([fix('a'), fix('b'), ...steps])).toEqual(['check', 'no-b', 'no-a', 'restart']);
    expect(rollbackOf([fix('a'), fix('b'), undo('no-a'), undo('no-b')])).toEqual(['no-a', 'no-b']);
  });

  it.each([
    ['s9', 'no step under Fix has the id "s9"'],
    ['s1', 'no step under Fix has the id "s1"'],
    [[], 'must be the id of a step under Fix'],
    [7, 'must be the id of a step under Fix'],
    [['s2', 'Not An Id'], 'must be the id of a step under Fix'],
  ])('must be a fix of the same runbook: %j', (undoes, message) => {
    const parsed = parse([{ section: 'Check', command: 'true' }, fix('a'), undo('no-a', undoes)]);
    expect(parsed).toMatchObject({
      kind: 'invalid',
      problems: [{ message: expect.stringContaining(message) }],
    });
  });

  it('stands under Rollback and nowhere else', () => {
    const parsed = parse([fix('a'), { ...fix('b'), attributes: { undoes: 's1' } }]);
    expect(parsed).toMatchObject({
      kind: 'invalid',
      problems: [{ message: expect.stringContaining('"undoes" cannot stand in a step under Fix') }],
    });
  });
});
