import { isTick } from './is-tick.ts';
import type { Marks } from './message-marks.ts';
import type { ThreadMessage } from './thread.ts';

/** A message as it is weighed. */
export interface MarkedMessage {
  readonly message: ThreadMessage;
  readonly own: Marks;
}

/** Cues that tell something of the messages around them too. */
const farReaching = [
  'well',
  'relapsing',
  'fruitless',
  'crediting',
  'naming',
  'nothingWrong',
  'makeshift',
  'gaveUp',
  'alert over',
];
const acts = ['changed', 'acting', 'actingLater', 'actedOn', 'changing'];

const tellsAct = ({ own }: MarkedMessage): boolean =>
  acts.some((act) => own.has(act)) && !own.has('question') && !own.has('planning');
const isWord = (mark: string): boolean => mark.startsWith('word ');
const isShape = (mark: string): boolean => mark.startsWith('shape ');

/** What each message has by itself and by where it stands. */
export function marksInThread(thread: readonly MarkedMessage[]): readonly Marks[] {
  const spans = spansOf(thread);
  const authors: Authors = { spoke: new Set(), acted: new Set() };
  return thread.map((here, at) => {
    const marks = new Map(here.own);
    addPlace(marks, thread, at);
    if (here.message.author === thread[0]?.message.author) marks.set('by who began', 1);
    addHistory(marks, thread, at, authors);
    if (isTicked(here)) marks.set('ticked', 1);
    addNeighbour(marks, 'next', here, thread[at + 1]);
    addNeighbour(marks, 'before', here, thread[at - 1]);
    addFar(marks, spans, at);
    return marks;
  });
}

/** Who has spoken so far, and who of them tells an act. */
interface Authors {
  readonly spoke: Set<string>;
  readonly acted: Set<string>;
}

/** What its author has done before, how long nobody spoke, and how much it speaks of what was wrong at first. */
function addHistory(
  marks: Map<string, number>,
  thread: readonly MarkedMessage[],
  at: number,
  { spoke, acted }: Authors,
): void {
  const here = thread[at];
  if (!here) return;
  const { author } = here.message;
  if (acted.has(author)) marks.set('by who acted', 1);
  if (!spoke.has(author)) marks.set('by a newcomer', 1);
  spoke.add(author);
  if (tellsAct(here)) acted.add(author);
  const before = thread[at - 1];
  if (before)
    marks.set('after a pause', Math.min(6, Math.log1p((here.message.at - before.message.at) / 60_000)) / 3);
  if (at > 1) marks.set('speaks of the trouble', sharedWith(here.own, thread.slice(0, 2)));
}

function sharedWith(own: Marks, others: readonly MarkedMessage[]): number {
  const words = [...own.keys()].filter((mark) => isWord(mark) && mark.length > longWord);
  const shared = words.filter((mark) => others.some((other) => other.own.has(mark)));
  return Math.min(3, shared.length) / 3;
}

/** Of `word ` and four letters: shorter ones stand everywhere. */
const longWord = 8;

function addFar(marks: Map<string, number>, spans: ReadonlyMap<string, Span>, at: number): void {
  for (const [cue, { first, last }] of spans) {
    if (first < at) marks.set(`earlier: ${cue}`, 1);
    if (last > at) marks.set(`later: ${cue}`, 1);
  }
}

interface Span {
  readonly first: number;
  readonly last: number;
}

/** Between which messages each cue stands that reaches far. */
function spansOf(thread: readonly MarkedMessage[]): ReadonlyMap<string, Span> {
  const spans = new Map<string, Span>();
  for (const [at, one] of thread.entries()) {
    const found = [...farReaching.filter((cue) => one.own.has(cue)), ...(tellsAct(one) ? ['acts'] : [])];
    for (const cue of found) spans.set(cue, { first: spans.get(cue)?.first ?? at, last: at });
  }
  return spans;
}

function addPlace(marks: Map<string, number>, thread: readonly MarkedMessage[], at: number): void {
  const last = thread.length - 1;
  marks.set('place', at / Math.max(1, last));
  marks.set('to the end', Math.min(5, last - at) / 5);
  if (at === 0) marks.set('first', 1);
  if (at === last) marks.set('last', 1);
}

function addNeighbour(marks: Map<string, number>, side: string, here: MarkedMessage, other?: MarkedMessage) {
  if (!other) return;
  for (const [mark, value] of other.own)
    if (!isWord(mark) && !isShape(mark) && mark !== 'length') marks.set(`${side}: ${mark}`, value);
  if (other.message.author === here.message.author) marks.set(`${side}: same author`, 1);
}

/** Somebody else ticked off what a person did; on a question a tick says only that it was seen. */
const isTicked = ({ own, message: { author, isBot, reactions } }: MarkedMessage): boolean =>
  !isBot &&
  !own.has('question') &&
  reactions.some(({ emoji, users }) => isTick(emoji) && users.some((user) => user !== author));

/** After it was said a message may still count as the one with which a thread was marked as resolved: clocks differ a little. */
const clockSkewMs = 30_000;

/** Whoever marks a thread as resolved does so at what says that it is: the last message before. */
export function marksOfResolving(
  thread: readonly MarkedMessage[],
  resolvedAt: number | null,
): readonly Marks[] {
  const last =
    resolvedAt === null ? -1 : thread.findLastIndex(({ message }) => message.at <= resolvedAt + clockSkewMs);
  if (last < 0) return thread.map(() => nothing);
  return thread.map((_, at) => {
    if (at < last) return nothing;
    return new Map([[at === last ? 'resolved with this' : 'resolved before this', 1]]);
  });
}

const nothing: Marks = new Map();

/** Messages at the end in which a tick says that it is over. */
const closing = 5;

/** What a thread has as a whole besides what its people say: their words weigh by what they do in it (tale-marks.ts). */
export function marksOfThread(thread: readonly MarkedMessage[], isMarkedResolved: boolean): Marks {
  const acts = thread.filter((one) => !one.message.isBot && tellsAct(one)).length;
  const marks = new Map([[stateOfAlert(thread), 1]]);
  if (acts === 0) marks.set('no act', 1);
  if (isMarkedResolved) marks.set('marked as resolved', 1);
  if (thread.slice(-closing).some(isTicked)) marks.set('ticked at the end', 1);
  marks.set('acts', Math.min(3, acts) / 3);
  return marks.set('messages', Math.min(30, thread.length) / 15);
}

/** What the last alert of the thread says. */
const stateOfAlert = (thread: readonly MarkedMessage[]): string =>
  thread
    .filter(({ message }) => message.isBot)
    .flatMap(({ own }) => [...own.keys()])
    .findLast((mark) => mark !== 'bot') ?? 'no alert';
