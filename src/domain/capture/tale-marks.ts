import type { Marks } from './message-marks.ts';
import { type Role, type Roles, roleNames } from './roles.ts';
import { rolesAround, type SurestAround, surestAround } from './roles-around.ts';
import type { MarkedMessage } from './thread-marks.ts';

type Around = Readonly<Record<Role, SurestAround>>;

const aroundAll = (roles: readonly Roles[]): Around =>
  Object.fromEntries(roleNames.map((role) => [role, surestAround(roles, role)])) as unknown as Around;

/** What speaks in a thread's tale for one message, by what it and those around it do. */
export function marksOfTale(thread: readonly MarkedMessage[], roles: readonly Roles[]): readonly Marks[] {
  const around = aroundAll(roles);
  const near = rolesAround('tale', roles);
  const confirming = confirmingOf(roles, around);
  const sealed = sealedBy(roles, confirming);
  const surest = surestAct(roles);
  return roles.map((own, at) => {
    const marks = new Map([
      ...(near[at] ?? []),
      ...roleNames.map((role) => [`tale: ${role}`, own[role]] as const),
    ]);
    for (const role of ['act', 'well', 'noeffect', 'cause'] as const)
      addRanks(marks, role, own[role], { earlier: before(around, role, at), later: after(around, role, at) });
    marks.set('tale: confirming', confirming[at] ?? 0);
    marks.set('tale: last act before it is well', sealed[at] ?? 0);
    addTrust(marks, own, heldBy(roles, at));
    marks.set('tale: well and stays', own.well * (1 - worstAfter(around, at)));
    marks.set('tale: cause then act', own.cause * after(around, 'act', at));
    marks.set('tale: cause not before an act', own.cause * before(around, 'act', at));
    marks.set('tale: first well', own.well * (1 - before(around, 'well', at)));
    marks.set('tale: well after act', own.well * Math.max(own.act, before(around, 'act', at)));
    if (surest === at) marks.set('tale: surest act', 1);
    if (sameHand(thread, at)) marks.set('tale: next by the same person', 1);
    return marks;
  });
}

const before = (around: Around, role: Role, at: number): number => around[role].earlier[at] ?? 0;
const after = (around: Around, role: Role, at: number): number => around[role].later[at] ?? 0;

/** Whether it is the surest of all, and the surest from here on. */
function addRanks(
  marks: Map<string, number>,
  role: Role,
  own: number,
  { earlier, later }: { readonly earlier: number; readonly later: number },
): void {
  if (own >= earlier && own >= later) marks.set(`tale: surest ${role}`, 1);
  if (own >= sure && later < sure) marks.set(`tale: last ${role}`, 1);
  if (own >= sure && earlier < sure) marks.set(`tale: first ${role}`, 1);
}

/** From here on something counts as done or said; it need not be likelier than not, since several roles are rare. */
const sure = 0.4;

function addTrust(
  marks: Map<string, number>,
  { act }: Roles,
  { well, bad }: { readonly well: number; readonly bad: number },
): void {
  marks.set('tale: then well', well);
  marks.set('tale: then no effect', bad);
  marks.set('tale: act then well', act * well);
  marks.set('tale: act then no effect', act * bad);
}

const worstAfter = (around: Around, at: number): number =>
  Math.max(after(around, 'noeffect', at), after(around, 'giveup', at));

/** How surely each message is the first to say for good that it is well. */
function confirmingOf(roles: readonly Roles[], around: Around): readonly number[] {
  const sums = roles.map(
    ({ well }, at) => well * (1 - worstAfter(around, at)) * (1 - before(around, 'well', at) / 2),
  );
  const all = sums.reduce((sum, one) => sum + one, 0);
  return sums.map((one) => (all > 0 ? one / all : 0));
}

/** What is less sure is not followed any further. */
const negligible = 0.001;

/** How surely each is the last act before that. */
function sealedBy(roles: readonly Roles[], confirming: readonly number[]): readonly number[] {
  const sealed = roles.map(() => 0);
  for (const [end, share] of confirming.entries()) {
    let open = share;
    for (let at = end; at >= 0 && open > negligible; at -= 1) {
      const act = roles[at]?.act ?? 0;
      sealed[at] = (sealed[at] ?? 0) + open * act;
      open *= 1 - act;
    }
  }
  return sealed;
}

/** What is said next of how things stand, up to the next act. */
function heldBy(roles: readonly Roles[], from: number): { readonly well: number; readonly bad: number } {
  let [open, well, bad] = [1, 0, 0];
  for (let at = from; at < roles.length && open > negligible; at += 1) {
    const one = roles[at];
    if (!one) break;
    if (at > from) open *= 1 - 0.8 * one.act;
    well += open * one.well;
    bad += open * one.noeffect;
    open *= (1 - one.well) * (1 - one.noeffect);
  }
  return { well, bad };
}

function surestAct(roles: readonly Roles[]): number {
  let best = -1;
  for (const [at, { act }] of roles.entries()) if (best < 0 || act >= (roles[best]?.act ?? 0)) best = at;
  return best;
}

const sameHand = (thread: readonly MarkedMessage[], at: number): boolean =>
  thread[at + 1]?.message.author === thread[at]?.message.author;

/** Messages of people at the end. */
const closing = 4;

/** What the tale as a whole has, for how it ended. */
export function marksOfEnding(thread: readonly MarkedMessage[], roles: readonly Roles[]): Marks {
  const marks = new Map<string, number>();
  const people = roles.filter((_, at) => !thread[at]?.message.isBot);
  const lastAct = people.findLastIndex(({ act }) => act >= sure);
  for (const role of roleNames) {
    const most = (some: readonly Roles[]) => some.reduce((top, one) => Math.max(top, one[role]), 0);
    marks.set(`tale: any ${role}`, most(people));
    marks.set(`tale: ends with ${role}`, most(people.slice(-closing)));
    marks.set(`tale: since the last act ${role}`, most(people.slice(Math.max(0, lastAct))));
    marks.set(`tale: last ${role}`, people.at(-1)?.[role] ?? 0);
  }
  addSequels(marks, people);
  const around = aroundAll(people);
  const held = people.reduce((top, { well }, at) => Math.max(top, well * (1 - worstAfter(around, at))), 0);
  const spoilt = people.reduce(
    (top, { noeffect }, at) => Math.max(top, noeffect * (1 - after(around, 'well', at))),
    0,
  );
  marks.set('tale: well for good', held);
  marks.set('tale: no effect for good', spoilt);
  return marks.set(
    'tale: well makeshift',
    held * people.reduce((top, one) => Math.max(top, one.makeshift), 0),
  );
}

const turns = ['well', 'act', 'noeffect'] as const;
const sequels = [
  ...turns,
  ...(['makeshift', 'giveup', 'dismiss', 'trouble', 'cause', 'guess', 'look'] as const),
];

/** How surely one thing is followed, in the same message or later, by another: well, but only for now. */
function addSequels(marks: Map<string, number>, people: readonly Roles[]): void {
  for (const turn of turns) {
    for (const sequel of sequels.filter((one) => one !== turn)) {
      let [earlier, most] = [0, 0];
      for (const one of people) {
        earlier = Math.max(earlier, one[turn]);
        most = Math.max(most, earlier * one[sequel]);
      }
      marks.set(`tale: ${turn} then ${sequel}`, most);
    }
  }
}
