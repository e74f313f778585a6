import type { Span } from './span.ts';
import type { TextView } from './text-views.ts';

/** One state of the automaton: where each character leads, how long a form ends here, and where to go on failure. */
interface State {
  readonly next: Map<number, State>;
  longest: number;
  fail: State | null;
}

/** Where any of the forms stands in a text, or in a view of one: spans of the original. */
export interface FormFinder {
  readonly inText: (text: string) => readonly Span[];
  readonly inView: (view: TextView) => readonly Span[];
}

/**
 * A finder of any of the forms in one pass over a text, whatever the text (Aho and Corasick, 1975): time grows
 * with the text alone, also for texts made to be slow.
 */
export function createFormFinder(forms: readonly string[]): FormFinder {
  const root = buildAutomaton(forms);
  const beginnings = beginningsOf(forms);
  return {
    inText: (text) => find(root, beginnings, text),
    inView: (view) => findInView(root, beginnings, view),
  };
}

/**
 * Which two characters some form begins with, by `pairOf`; two pairs may share a place, which costs a look at the automaton.
 * Every form has two at least.
 */
function beginningsOf(forms: readonly string[]): Uint8Array {
  const beginnings = new Uint8Array(65_536);
  for (const form of forms) beginnings[pairOf(form.charCodeAt(0), form.charCodeAt(1))] = 1;
  return beginnings;
}

function pairOf(first: number, second: number): number {
  return ((first << 8) ^ second) & 0xffff;
}

function newState(): State {
  return { next: new Map(), longest: 0, fail: null };
}

function buildAutomaton(forms: readonly string[]): State {
  const root = newState();
  for (const form of forms) addForm(root, form);
  const queue: State[] = [...root.next.values()];
  for (const state of queue) {
    for (const [code, child] of state.next) {
      child.fail = stepFrom(root, state.fail ?? root, code);
      child.longest = Math.max(child.longest, child.fail.longest);
      queue.push(child);
    }
  }
  return root;
}

function addForm(root: State, form: string): void {
  let state = root;
  for (let i = 0; i < form.length; i += 1) {
    const code = form.charCodeAt(i);
    const child = state.next.get(code) ?? newState();
    state.next.set(code, child);
    state = child;
  }
  state.longest = form.length;
}

function stepFrom(root: State, from: State, code: number): State {
  for (let state: State | null = from; state; state = state.fail ?? (state === root ? null : root)) {
    const child = state.next.get(code);
    if (child) return child;
  }
  return root;
}

/** Where no two characters begin a form they are passed over without a look at the automaton. */
function find(root: State, beginnings: Uint8Array, text: string): readonly Span[] {
  const spans: Span[] = [];
  let state = root;
  for (let i = 0; i < text.length; i += 1) {
    const code = text.charCodeAt(i);
    if (state === root && beginnings[pairOf(code, text.charCodeAt(i + 1))] === 0) continue;
    state = stepFrom(root, state, code);
    if (state.longest > 0) spans.push({ start: i + 1 - state.longest, end: i + 1 });
  }
  return spans;
}

/** The same for a view; apart, because each loop is quick only with one kind of text. */
function findInView(root: State, beginnings: Uint8Array, { codes, starts, ends }: TextView): readonly Span[] {
  const spans: Span[] = [];
  let state = root;
  for (let i = 0; i < codes.length; i += 1) {
    const code = codes[i] ?? 0;
    if (state === root && beginnings[pairOf(code, codes[i + 1] ?? 0)] === 0) continue;
    state = stepFrom(root, state, code);
    if (state.longest === 0) continue;
    spans.push({ start: starts[i + 1 - state.longest] ?? 0, end: ends[i] ?? 0 });
  }
  return spans;
}
