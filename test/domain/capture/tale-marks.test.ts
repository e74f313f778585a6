import { expect, it } from 'vitest';
import { type Role, type Roles, roleNames } from '#domain/capture/roles.ts';
import { marksOfEnding, marksOfTale } from '#domain/capture/tale-marks.ts';

const thread = (...roles: readonly Role[]) => ({
  messages: roles.map((_, at) => ({
    own: new Map<string, number>(),
    message: { id: `${at}`, author: 'ann', isBot: false, at, text: '', reactions: [] },
  })),
  roles: roles.map(
    (own) => Object.fromEntries(roleNames.map((role) => [role, role === own ? 0.9 : 0.02])) as Roles,
  ),
});
const surest = (mark: string, ...told: readonly Role[]) => {
  const { messages, roles } = thread(...told);
  const values = marksOfTale(messages, roles).map((marks) => marks.get(mark) ?? 0);
  return values.indexOf(Math.max(...values));
};

it('the act that counts is the last before it is well, not one that had no effect or came afterwards', () => {
  const told = ['trouble', 'act', 'noeffect', 'act', 'look', 'well', 'chat'] as const;
  expect(surest('tale: last act before it is well', ...told)).toBe(3);
  expect(surest('tale: act then well', ...told)).toBe(3);
  expect(surest('tale: act then no effect', ...told)).toBe(1);
  expect(surest('tale: last act before it is well', 'trouble', 'act', 'well', 'chat', 'act')).toBe(1);
});

it('what was well and came back confirms nothing', () => {
  const told = ['trouble', 'act', 'well', 'noeffect', 'act', 'well', 'chat'] as const;
  expect(surest('tale: confirming', ...told)).toBe(5);
  const ending = (...all: readonly Role[]) => {
    const { messages, roles } = thread(...all);
    return marksOfEnding(messages, roles).get('tale: well for good') ?? 0;
  };
  expect(ending(...told)).toBeGreaterThan(0.8);
  expect(ending('trouble', 'act', 'well', 'noeffect')).toBeLessThan(0.2);
});
