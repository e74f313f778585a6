import { expect, it } from 'vitest';
import { fittedStory } from '#domain/capture/fitted-story.ts';
import { judgeRoles } from '#domain/capture/judge-roles.ts';
import { type Role, type RoleWeights, roleNames } from '#domain/capture/roles.ts';
import type { MarkedMessage } from '#domain/capture/thread-marks.ts';

type ByRole = RoleWeights['roles'];
const weights = (speaks: Partial<Record<Role, Readonly<Record<string, number>>>>): ByRole =>
  Object.fromEntries(
    roleNames.map((role) => [role, { bias: -3, marks: new Map(Object.entries(speaks[role] ?? {})) }]),
  ) as unknown as ByRole;
const said = (mark: string, isBot = false): MarkedMessage => ({
  own: new Map([[mark, 1]]),
  message: { id: mark, author: mark, isBot, at: 0, text: '', reactions: [] },
});
const judge = (thread: readonly MarkedMessage[], judging: RoleWeights) =>
  judgeRoles(
    thread,
    thread.map(({ own }) => own),
    judging,
  );

const judging: RoleWeights = {
  impressions: weights({ act: { restarted: 9 }, guess: { perhaps: 9 } }),
  roles: weights({ cause: { 'around: before guess': 9 }, well: { 'around: before act': 9 } }),
};

it('the same words do what fits to the message before', () => {
  const [, behindGuess] = judge([said('perhaps'), said('that was it')], judging);
  const [, behindAct] = judge([said('restarted'), said('that was it')], judging);
  expect([behindGuess?.cause, behindAct?.cause].map((chance) => (chance ?? 0) > 0.5)).toEqual([true, false]);
  expect([behindGuess?.well, behindAct?.well].map((chance) => (chance ?? 0) > 0.5)).toEqual([false, true]);
});

it('at first nothing was found to weigh that neighbours say', () => {
  const marks = Object.values(fittedStory.judging.impressions).flatMap((fitted) => [...fitted.marks.keys()]);
  expect(marks.length).toBeGreaterThan(1_000);
  expect(marks.filter((mark) => /^(?:next|before): /.test(mark))).toEqual([]);
});

it('a bot tells how things stand, whatever its words weigh', () => {
  const alert = said('alert over', true);
  expect(judge([alert], { ...judging, roles: weights({ act: { 'alert over': 9 } }) })[0]).toMatchObject({
    well: 1,
    act: 0,
  });
});
