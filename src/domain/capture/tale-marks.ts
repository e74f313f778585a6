import type { Marks } from './message-marks.ts';
import { type Role, type Roles, roleNames } from './roles.ts';
import type { MarkedMessage } from './thread-marks.ts';

/** What speaks in a thread's tale for one message, by what it and those around it do. */
export function marksOfTale(thread: readonly MarkedMessage[], roles: readonly Roles[]): readonly Marks[] {
  const confirming = confirmingOf(roles);
  const sealed = sealedBy(roles, confirming);
  const steps = stepsToBest(roles);
  return roles.map((own, at) => {
    const marks = new Map<string, number>();
    for (const role of roleNames) addRole(marks, roles, at, role);
    for (const role of ['act', 'well', 'noeffect', 'cause'] as const) addRanks(marks, roles, at, role);
    marks.set('tale: confirming', confirming[at] ?? 0);
    marks.set('tale: last act before it is well', sealed[at] ?? 0);
    const trust = heldBy(roles, at);
    marks.set('tale: then well', trust.well);
    marks.set('tale: then no effect', trust.bad);
    marks.set('tale: act then well', own.act * trust.well);
    marks.set('tale: act then no effect', own.act * trust.bad);
    marks.set('tale: well and stays', own.well * (1 - worstAfter(roles, at)));
    marks.set('tale: cause then act', own.cause * mostAfter(roles, at, 'act'));
    marks.set('tale: cause not before an act', own.cause * mostBefore(roles, at, 'act'));
    marks.set('tale: first well', own.well * (1 - mostBefore(roles, at, 'well')));
    marks.set('tale: well after act', own.well * mostBefore(roles, at, 'act', true));
    if (steps === at) marks.set('tale: surest act', 1);
    if (sameHand(thread, at)) marks.set('tale: next by the same person', 1);
    return marks;
  });
}

const at0 = (roles: readonly Roles[], at: number, role: Role): number => roles[at]?.[role] ?? 0;

function addRole(marks: Map<string, number>, roles: readonly Roles[], at: number, role: Role): void {
  marks.set(`tale: ${role}`, at0(roles, at, role));
  marks.set(`tale: next ${role}`, at0(roles, at + 1, role));
  marks.set(`tale: second next ${role}`, at0(roles, at + 2, role));
  marks.set(`tale: before ${role}`, at0(roles, at - 1, role));
  marks.set(`tale: later ${role}`, mostAfter(roles, at, role));
  marks.set(`tale: earlier ${role}`, mostBefore(roles, at, role));
}

/** Whether it is the surest of all, and the surest from here on. */
function addRanks(marks: Map<string, number>, roles: readonly Roles[], at: number, role: Role): void {
  const own = at0(roles, at, role);
  const [before, after] = [mostBefore(roles, at, role), mostAfter(roles, at, role)];
  if (own >= before && own >= after) marks.set(`tale: surest ${role}`, 1);
  if (own >= 0.4 && after < 0.4) marks.set(`tale: last ${role}`, 1);
  if (own >= 0.4 && before < 0.4) marks.set(`tale: first ${role}`, 1);
}

function mostAfter(roles: readonly Roles[], at: number, role: Role): number {
  let most = 0;
  for (let later = at + 1; later < roles.length; later += 1) most = Math.max(most, at0(roles, later, role));
  return most;
}

function mostBefore(roles: readonly Roles[], at: number, role: Role, withOwn = false): number {
  let most = withOwn ? at0(roles, at, role) : 0;
  for (let earlier = 0; earlier < at; earlier += 1) most = Math.max(most, at0(roles, earlier, role));
  return most;
}

const worstAfter = (roles: readonly Roles[], at: number): number =>
  Math.max(mostAfter(roles, at, 'noeffect'), mostAfter(roles, at, 'giveup'));

/** How surely each message is the first to say for good that it is well. */
function confirmingOf(roles: readonly Roles[]): readonly number[] {
  const sums = roles.map(
    (own, at) => own.well * (1 - worstAfter(roles, at)) * (1 - mostBefore(roles, at, 'well') / 2),
  );
  const all = sums.reduce((sum, one) => sum + one, 0);
  return sums.map((one) => (all > 0 ? one / all : 0));
}

/** How surely each is the last act before that. */
function sealedBy(roles: readonly Roles[], confirming: readonly number[]): readonly number[] {
  const sealed = roles.map(() => 0);
  for (const [end, share] of confirming.entries()) {
    let open = share;
    for (let at = end; at >= 0 && open > 0.001; at -= 1) {
      sealed[at] = (sealed[at] ?? 0) + open * at0(roles, at, 'act');
      open *= 1 - at0(roles, at, 'act');
    }
  }
  return sealed;
}

/** What is said next of how things stand, up to the next act. */
function heldBy(roles: readonly Roles[], from: number): { readonly well: number; readonly bad: number } {
  let [open, well, bad] = [1, 0, 0];
  for (let at = from; at < roles.length; at += 1) {
    if (at > from) open *= 1 - 0.8 * at0(roles, at, 'act');
    well += open * at0(roles, at, 'well');
    bad += open * at0(roles, at, 'noeffect');
    open *= (1 - at0(roles, at, 'well')) * (1 - at0(roles, at, 'noeffect'));
  }
  return { well, bad };
}

function stepsToBest(roles: readonly Roles[]): number {
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
  const lastAct = people.findLastIndex(({ act }) => act >= 0.4);
  for (const role of roleNames) {
    const most = (some: readonly Roles[]) => some.reduce((top, one) => Math.max(top, one[role]), 0);
    marks.set(`tale: any ${role}`, most(people));
    marks.set(`tale: ends with ${role}`, most(people.slice(-closing)));
    marks.set(`tale: since the last act ${role}`, most(people.slice(Math.max(0, lastAct))));
    marks.set(`tale: last ${role}`, people.at(-1)?.[role] ?? 0);
  }
  const held = people.reduce((top, own, at) => Math.max(top, own.well * (1 - worstAfter(people, at))), 0);
  const spoilt = people.reduce(
    (top, own, at) => Math.max(top, own.noeffect * (1 - mostAfter(people, at, 'well'))),
    0,
  );
  marks.set('tale: well for good', held);
  marks.set('tale: no effect for good', spoilt);
  return marks.set('tale: well makeshift', held * mostAfter(people, -1, 'makeshift'));
}
