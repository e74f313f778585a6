import { describe, expect, it } from 'vitest';
import { readFate } from '#adapters/ssh/read-fate.ts';

const fateOf = (...lines: readonly string[]) =>
  readFate(['a greeting', ...lines.map((line) => `tok ${line}`), ''].join('\n'), 'tok');

describe('the fate of an attempt', () => {
  it('is that of its exit, whatever else is recorded', () => {
    expect(fateOf('record id', 'record id.run.7.99', 'record id.exit.3', 'alive 99', 'end')).toEqual({
      kind: 'exited',
      exitCode: 3,
    });
  });

  it('is that of who outlived the signal that ended its leader', () => {
    const ended = ['record id', 'record id.run.7.99', 'record id.exit.137'];
    expect(fateOf(...ended, 'alive 0', 'end')).toEqual({ kind: 'running', group: 7, isSure: false });
    for (const other of [[], ['alive 100']])
      expect(fateOf(...ended, ...other, 'end')).toEqual({ kind: 'exited', exitCode: 137 });
  });

  it('is never to have started once it was given up', () => {
    expect(fateOf('record id', 'record id.never', 'end')).toEqual({ kind: 'never-started' });
  });

  it.each([
    ['99', 'alive 99', { kind: 'running', isSure: true }],
    ['99', 'alive 0', { kind: 'running', isSure: false }], // the leader has gone, others of its group live
    ['0', 'alive 99', { kind: 'running', isSure: false }], // a host without /proc
    ['0', 'alive 0', { kind: 'running', isSure: false }],
    ['99', 'alive 100', { kind: 'gone' }], // another process has the number now, which none gets while a group has it
  ])('with start %s and %s is %j', (start, alive, fate) => {
    expect(fateOf('record id', `record id.run.7.${start}`, alive, 'end')).toMatchObject(fate);
  });

  it('is gone when nothing of it is left and nobody noted how it ended', () => {
    expect(fateOf('record id', 'record id.run.7.99', 'end')).toEqual({ kind: 'gone' });
  });

  it('tells the group of what runs', () => {
    expect(fateOf('record id', 'record id.run.4711.5', 'alive 5', 'end')).toEqual({
      kind: 'running',
      group: 4711,
      isSure: true,
    });
  });

  it.each([
    [['record id', 'end'], 'no record that it began'],
    [['end'], 'could not make one'],
    [['record id', 'record id.exit.0'], 'in time'],
    [['record id', 'record id.exit.x', 'end'], 'cannot be read'],
  ])('is unknown after %j', (lines, why) => {
    expect(fateOf(...lines)).toMatchObject({ kind: 'unknown', why: expect.stringContaining(why) });
  });

  it('takes no word from anybody else', () => {
    expect(readFate('id.exit.0\nother record id.exit.0\nother end\n', 'tok').kind).toBe('unknown');
  });
});
