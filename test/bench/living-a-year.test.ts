import { beforeAll, describe, expect, it } from 'vitest';
import { describeWithPeer } from '#test/support/peers.ts';
import { bad, good } from '../../bench/year/behave.ts';
import { makeWorld, type Rival, trueRate, type World } from '../../bench/year/make-world.ts';
import { type PlayedYear, playYear } from '../../bench/year/play-year.ts';

/** A small world of the bench's kind: nothing helps against the first symptom, one of two against the second. */
function smallWorld(): World {
  const { symptoms, happenings } = makeWorld(3, { symptoms: 2, incidents: 110 });
  const clear = symptoms.map((symptom, place) => ({
    ...symptom,
    rivals: symptom.rivals
      .slice(0, 2)
      .map((rival, way): Rival => ({ ...rival, rates: ratesOf(place * way) })),
  }));
  return {
    symptoms: clear,
    happenings: happenings.map((one) => ({
      ...one,
      symptom: clear[symptoms.indexOf(one.symptom)] ?? one.symptom,
    })),
  };
}

const ratesOf = (worth: number): Rival['rates'] => (worth === 0 ? [0.1, 0.1] : [0.9, 0.9]);

function expectsOfAnyWorld(serverUrl?: string): void {
  let year: PlayedYear;
  beforeAll(async () => {
    year = await playYear(smallWorld(), { seed: 3, serverUrl, foldEveryDays: 14 });
  });

  it('finds out what does not work, and says why it is shown no more', () => {
    const gone = year.fates.filter(({ deprecatedAt }) => deprecatedAt !== null);
    expect(gone.length).toBeGreaterThan(0);
    for (const { rival, deprecatedAt } of gone) expect(trueRate(rival, deprecatedAt ?? 0)).toBeLessThan(bad);
    expect(year.deprecated.map(({ slug }) => slug).toSorted()).toEqual(
      gone.map(({ rival }) => rival.slug).toSorted(),
    );
    for (const { reason } of year.deprecated) expect(reason).toMatch(/\d+ incidents/u);
  });

  it('never hides a good one, however often the spiteful voter votes it down', () => {
    const attacked = year.fates.filter(({ attackedGood }) => attackedGood > 3);
    expect(attacked.length).toBeGreaterThan(0);
    for (const { deprecatedAt } of attacked) expect(deprecatedAt).toBeNull();
    const last = year.answers.findLast(({ happening }) =>
      happening.symptom.rivals.some((rival) => trueRate(rival, happening.at) > good),
    );
    expect(trueRate(last?.shown[0] as Rival, last?.happening.at ?? 0)).toBeGreaterThan(good);
  });

  it('changes nothing when it folds the same rows again, with two replicas at once', () => {
    expect(year.isIdempotent).toBe(true);
    expect(year.deprecations).toBe(year.deprecated.length);
  });
}

describe('a year of incidents, embedded', () => expectsOfAnyWorld());
describeWithPeer('postgres', 'a year of incidents, on a server', expectsOfAnyWorld);
