import { createFoldWorkspace } from '#application/fold-signals.ts';
import { createGiveVerdict } from '#application/give-verdict.ts';
import { postAnswer } from '#application/post-answer.ts';
import { createRankSolutions, type RankedAnswer } from '#application/rank-solutions.ts';
import type { HostId, SolutionId } from '#domain/ids.ts';
import type { MessagePosted, Speaker } from '#domain/intent.ts';
import type { DeprecatedSolution } from '#ports/stores/solution-store.ts';
import { createRandom, type Random } from '../realistic/random.ts';
import { attacks, ballots, behaviour, type Due, type Fate, takeOne, tryOut } from './behave.ts';
import { type Happening, type Rival, type Symptom, type World, yearDays } from './make-world.ts';
import { dayMs, openYear, type Year, yearStart } from './open-year.ts';
import { recordRun } from './record-run.ts';

/** What was answered to one incident, best first. */
export interface Answered {
  readonly happening: Happening;
  readonly shown: readonly Rival[];
}

export interface PlayedYear {
  readonly fates: readonly Fate[];
  readonly answers: readonly Answered[];
  /** What a team without any signal is answered: the order of the first day. */
  readonly unlearnt: ReadonlyMap<string, readonly Rival[]>;
  /** Whether the last fold, done again by two replicas at once, changed nothing. */
  readonly isIdempotent: boolean;
  /** What is shown no more at the end of the year, and why. */
  readonly deprecated: readonly DeprecatedSolution[];
  /** How often the audit log says that something was deprecated. */
  readonly deprecations: number;
}

export interface PlayOptions {
  readonly seed: number;
  /** Where the database is made and dropped; embedded without it. */
  readonly serverUrl?: string | undefined;
  /** A server folds every quarter of an hour; a longer pause is to the disadvantage of learning. */
  readonly foldEveryDays?: number;
}

/** Lives through a year: real answers, votes and folds, over a database whose clock is the year's. */
export async function playYear(world: World, options: PlayOptions): Promise<PlayedYear> {
  const year = await openYear(options.serverUrl);
  try {
    const player = await createPlayer(year, world, options);
    for (let day = 0; day < yearDays; day += 1) await player.liveThrough(day);
    return await player.end();
  } finally {
    await year.close();
  }
}

async function createPlayer(year: Year, world: World, { seed, foldEveryDays = 3 }: PlayOptions) {
  const { core, workspace, load, setClock } = year;
  const random = createRandom(seed + 1000);
  await load(world.symptoms.flatMap(({ rivals }) => rivals.map(({ version }) => version)));
  const { byId, host } = await furnish(year, world);
  const fates = new Map(
    [...byId].map(([id, known]) => [
      id,
      { ...known, tried: 0, triedBad: 0, attacked: 0, attackedGood: 0, deprecatedAt: null } as Fate,
    ]),
  );
  const rankSolutions = createRankSolutions(core);
  const fold = createFoldWorkspace(core);
  const giveVerdict = createGiveVerdict(core);
  const answers: Answered[] = [];
  const due: Due[] = [];
  const coming = [...world.happenings];
  // Between two folds neither rates nor the index change, so one wording is ranked once.
  let ranked = new Map<string, RankedAnswer>();
  const rankOnce = async (wording: string): Promise<RankedAnswer> => {
    const known = ranked.get(wording) ?? (await rankSolutions(workspace, wording, null));
    ranked.set(wording, known);
    return known;
  };
  const rivalsOf = ({ ranked: shown }: RankedAnswer): readonly Rival[] =>
    shown.flatMap(({ solution }) => byId.get(solution.id)?.rival ?? []);
  const unlearnt = new Map<string, readonly Rival[]>();
  for (const { wordings } of world.symptoms)
    for (const wording of wordings) unlearnt.set(wording, rivalsOf(await rankOnce(wording)));

  const vote = async ({ at, who, thread, recommendation: id, verdict }: Due): Promise<void> => {
    await setClock(yearStart + at * dayMs);
    const place = { workspace, channel: 'incidents', thread };
    await giveVerdict(
      { kind: 'button-pressed', place, speaker: speakerOf(who), action: { verb: verdict, id } },
      verdict,
    );
  };
  const answer = async (happening: Happening): Promise<void> => {
    const { at, wording } = happening;
    await setClock(yearStart + at * dayMs);
    const found = await rankOnce(wording);
    answers.push({ happening, shown: rivalsOf(found) });
    const message = messageOf(year, wording, random);
    const asked = {
      message,
      isAsked: true,
      text: wording,
      answer: found,
      ids: core.ids,
      now: core.clock.now(),
    };
    const taken = await core.unitOfWork.within(workspace, async (transaction) => {
      await postAnswer(transaction, asked);
      const incident = await transaction.incidents.inThread('incidents', message.id);
      const shown = incident ? await transaction.recommendations.inIncident(incident.id) : [];
      const chosen = takeOne(random, shown);
      const fate = chosen && fates.get(chosen.solutionId);
      if (!fate) return undefined;
      const { worked, passed } = tryOut(random, fate, at);
      await recordRun(transaction, core.ids, { recommendation: chosen, host, passed });
      return { shown, chosen, worked };
    });
    if (!taken) return;
    due.push(...ballots(random, { ...taken, at, thread: message.id }));
    due.push(...attacks(random, taken.shown, { at, thread: message.id, fates }));
    due.sort((one, other) => one.at - other.at);
  };
  const foldNow = async (day: number): Promise<void> => {
    await setClock(yearStart + day * dayMs);
    const report = await fold(workspace);
    if (report === 'busy') throw new Error('nobody else folds here');
    for (const fate of fates.values())
      if (report.deprecated.includes(fate.rival.slug)) fate.deprecatedAt = day;
    ranked = new Map();
  };
  /** The incidents and votes of a day in the order of time, then the fold of the night. */
  const liveThrough = async (day: number): Promise<void> => {
    for (let next = nextOf(coming, due, day + 1); next !== null; next = nextOf(coming, due, day + 1)) {
      if (next === 'vote') await vote(due.shift() as Due);
      else await answer(coming.shift() as Happening);
    }
    if ((day + 1) % foldEveryDays === 0 || day + 1 === yearDays) await foldNow(day + 1);
  };
  const end = async (): Promise<PlayedYear> => {
    const rates = () =>
      core.unitOfWork.within(workspace, ({ solutions }) => solutions.rates([...fates.keys()]));
    const before = JSON.stringify([...(await rates())]);
    const replicas = ['one', 'other'].map((instance) =>
      createFoldWorkspace({ ...core, instance })(workspace),
    );
    const changed = (await Promise.all(replicas)).some(
      (report) => report !== 'busy' && report.deprecated.length > 0,
    );
    const isIdempotent = !changed && JSON.stringify([...(await rates())]) === before;
    const told = await core.unitOfWork.within(workspace, async ({ solutions, audit }) => ({
      deprecated: await solutions.deprecated(fates.size),
      deprecations: (await audit.after(0, 100_000)).filter(({ event }) => event === 'solution.deprecated')
        .length,
    }));
    return { fates: [...fates.values()], answers, unlearnt, isIdempotent, ...told };
  };
  return { liveThrough, end };
}

/** The team, a host, and which solution is which rival. */
async function furnish({ core, workspace }: Year, { symptoms }: World) {
  const rivals = new Map(
    symptoms.flatMap((symptom) => symptom.rivals.map((rival) => [rival.slug, { symptom, rival }])),
  );
  return core.unitOfWork.within(workspace, async ({ people, hosts, solutions }) => {
    const names = Array.from({ length: behaviour.people }, (_, place) => `person-${place}`);
    for (const name of [...names, 'spite']) await people.setRole(name, name, 'responder');
    const entry = {
      address: '192.0.2.1',
      port: 22,
      user: 'ops',
      login: { kind: 'agent', socket: '/none' },
      hostKey: null,
    } as const;
    await hosts.sync([{ name: 'host', ...entry, jump: null, context: {}, tags: [], parameters: {} }]);
    const host = (await hosts.named('host'))?.id as HostId;
    const byId = new Map<SolutionId, { readonly symptom: Symptom; readonly rival: Rival }>();
    for (const { id, slug } of await solutions.slugs()) {
      const known = rivals.get(slug);
      if (known) byId.set(id, known);
    }
    return { byId, host };
  });
}

const speakerOf = (name: string): Speaker => ({ externalId: name, name, standing: 'member', groups: [] });

function messageOf({ core, workspace }: Year, text: string, random: Random): MessagePosted {
  const speaker = speakerOf(`person-${random.between(0, behaviour.people - 1)}`);
  const place = { workspace, channel: 'incidents', thread: null };
  const at = core.clock.now();
  return { kind: 'message-posted', place, speaker, id: core.ids.nonce(), text, mentionsBot: true, at };
}

/** What comes next before this day is over. */
function nextOf(
  coming: readonly Happening[],
  due: readonly Due[],
  until: number,
): 'vote' | 'incident' | null {
  const incident = coming[0]?.at ?? Number.POSITIVE_INFINITY;
  const vote = due[0]?.at ?? Number.POSITIVE_INFINITY;
  if (Math.min(incident, vote) >= until) return null;
  return vote < incident ? 'vote' : 'incident';
}
