import { describe, expect, it } from 'vitest';
import { compareReactions } from '#domain/hearing/compare-reactions.ts';

const known = [
  { emoji: '👍', personExternalId: 'ada' },
  { emoji: '👎', personExternalId: 'ben' },
];

describe('reactions that changed unheard', () => {
  it('are those added and those taken back', () => {
    const present = [{ emoji: '👍', people: ['ada', 'rae'], count: 2 }];
    expect(compareReactions(known, present)).toEqual([
      { person: 'rae', emoji: '👍', change: 'added' },
      { person: 'ben', emoji: '👎', change: 'removed' },
    ]);
  });

  it('are not taken back by who is merely not named', () => {
    const present = [
      { emoji: '👍', people: ['rae'], count: 300 },
      { emoji: '👎', people: [], count: 0 },
    ];
    expect(compareReactions(known, present)).toEqual([
      { person: 'rae', emoji: '👍', change: 'added' },
      { person: 'ben', emoji: '👎', change: 'removed' },
    ]);
  });

  it('are another one for another emoji of the same person', () => {
    expect(compareReactions([], [{ emoji: '👍🏽', people: ['ada'], count: 1 }])).toEqual([
      { person: 'ada', emoji: '👍🏽', change: 'added' },
    ]);
  });
});
