import type { RecommendationId, SolutionId } from '#domain/ids.ts';
import type { Verdict } from '#domain/learning/verdict.ts';
import type { Recommendation } from '#domain/recommendation.ts';
import type { Random } from '../realistic/random.ts';
import { type Rival, type Symptom, trueRate } from './make-world.ts';

/** How people and checks behave, as issue 7 says. Shares are 0…1. */
export const behaviour = {
  /** Rank 1, 2, 3; where fewer are shown, the last one stands for the rest. */
  takes: [0.7, 0.2, 0.1],
  votes: 0.3,
  mostHoursLate: 72,
  votesWrongly: 0.1,
  votesAgain: 0.05,
  checkIsRight: 0.8,
  people: 20,
  /** How many incidents the spiteful voter sees: he votes everything down that was shown there. */
  spiteSees: 0.2,
} as const;

/** Below this a solution is truly bad, above that truly good. */
export const bad = 0.5;
export const good = 0.7;

/** What became of one solution. */
export interface Fate {
  readonly symptom: Symptom;
  readonly rival: Rival;
  tried: number;
  /** The same while its rate was below `bad`. */
  triedBad: number;
  attacked: number;
  /** The same while its rate was above `good`. */
  attackedGood: number;
  /** The day on which it was deprecated. */
  deprecatedAt: number | null;
}

/** A vote that is still to come; `at` is in days. */
export interface Due {
  readonly at: number;
  readonly who: string;
  readonly recommendation: RecommendationId;
  readonly thread: string;
  readonly verdict: Verdict;
}

/** What the responders use of what is shown. */
export function takeOne(random: Random, shown: readonly Recommendation[]): Recommendation | undefined {
  const drawn = random.next();
  const [first, second] = behaviour.takes;
  const rank = drawn < first ? 0 : drawn < first + second ? 1 : 2;
  return shown[Math.min(rank, shown.length - 1)];
}

/** Whether it worked this time, and what its check said. */
export function tryOut(random: Random, fate: Fate, at: number) {
  const rate = trueRate(fate.rival, at);
  fate.tried += 1;
  if (rate < bad) fate.triedBad += 1;
  const worked = random.chance(rate);
  return { worked, passed: random.chance(behaviour.checkIsRight) ? worked : !worked };
}

/** What somebody says of it, some time later; a few say it twice or change their mind. */
export function ballots(
  random: Random,
  of: {
    readonly chosen: Recommendation;
    readonly worked: boolean;
    readonly at: number;
    readonly thread: string;
  },
): readonly Due[] {
  if (!random.chance(behaviour.votes)) return [];
  const who = `person-${random.between(0, behaviour.people - 1)}`;
  const say = (at: number): Due => {
    const says = random.chance(behaviour.votesWrongly) ? !of.worked : of.worked;
    return { at, who, thread: of.thread, recommendation: of.chosen.id, verdict: says ? 'worked' : 'failed' };
  };
  const late = (): number => (random.next() * behaviour.mostHoursLate) / 24;
  const first = say(of.at + late());
  return random.chance(behaviour.votesAgain) ? [first, say(first.at + late())] : [first];
}

/** The spiteful voter's votes, where he sees the incident. */
export function attacks(
  random: Random,
  shown: readonly Recommendation[],
  of: { readonly at: number; readonly thread: string; readonly fates: ReadonlyMap<SolutionId, Fate> },
): readonly Due[] {
  if (!random.chance(behaviour.spiteSees)) return [];
  return shown.map(({ id, solutionId }): Due => {
    const fate = of.fates.get(solutionId);
    if (fate) noteAttack(fate, of.at);
    return { at: of.at + 0.01, who: 'spite', thread: of.thread, recommendation: id, verdict: 'failed' };
  });
}

function noteAttack(fate: Fate, at: number): void {
  fate.attacked += 1;
  if (trueRate(fate.rival, at) > good) fate.attackedGood += 1;
}
