import { describe, expect, it } from 'vitest';
import { type Fate, fateText } from '#domain/wording/fate-text.ts';

const undecided = { isActive: true, isUndecided: true, isUnwanted: false };
const decided = { ...undecided, isUndecided: false };
const over = { isActive: false, isUndecided: true, isUnwanted: false };
const stopped = { ...over, isUnwanted: true };
const running = { kind: 'running', group: 4711, isSure: true } as const;

describe('what a host knows of a lost step', () => {
  it.each([undecided, decided])('names Stop the run while there is a run to stop: %j', (open) => {
    expect(fateText(running, open)).toContain('Stop the run');
  });

  it.each([over, stopped])('names what ends it on the host once there is none: %j', (open) => {
    expect(fateText(running, open)).not.toContain('Stop the run');
    expect(fateText(running, open)).toContain('kill -s TERM -- -4711');
  });

  it('tells a person to look where the group may be another', () => {
    for (const open of [undecided, stopped])
      expect(fateText({ ...running, isSure: false }, open)).toMatch(/Recourse does not end it\. .*4711/);
  });

  it.each([
    { kind: 'never-started' },
    { kind: 'unknown', why: 'its processes are gone' },
    running,
  ] as const satisfies readonly Fate[])('asks for a choice only while there is one: %j', (fate) => {
    const asks = /choose|propose it again/;
    expect(fateText(fate, undecided)).toMatch(asks);
    for (const open of [decided, over, stopped]) expect(fateText(fate, open)).not.toMatch(asks);
  });

  it.each([['It is away.'], ['it is away']])('ends as a sentence what it was told: %s', (why) => {
    expect(fateText({ kind: 'away', why }, undecided)).toMatch(/is away\. It is asked for a day/);
    expect(fateText({ kind: 'unknown', why }, over)).toMatch(/is away\. Look at the host\.$/);
  });
});
