import { describe, expect, it } from 'vitest';
import { actionVerbs, isOpening, openingOf, openingVerbs } from '#domain/action.ts';

describe('an action', () => {
  it('is answered at once for the opening verbs alone', () => {
    expect(actionVerbs.filter(isOpening).toSorted()).toEqual(openingVerbs.toSorted());
  });

  it.each([
    [
      { verb: 'parameters', id: 'r1' },
      { verb: 'use', id: 'r1' },
    ],
    [
      { verb: 'run', id: 's1/r1' },
      { verb: 'run', id: 's1' },
    ],
    [
      { verb: 'edit', id: 'e1' },
      { verb: 'edit', id: 'e1' },
    ],
    [
      { verb: 'comment', id: 'r1' },
      { verb: 'comment', id: 'r1' },
    ],
    [
      { verb: 'snooze', id: 'i1' },
      { verb: 'snooze', id: 'i1' },
    ],
    [
      { verb: 'save-case', id: '17.5' },
      { verb: 'save-case', id: '17.5' },
    ],
  ] as const)('%o of a form is opened anew by %o', (form, button) => {
    expect(openingOf(form)).toEqual(button);
    expect(isOpening(openingOf(form).verb)).toBe(true);
  });
});
