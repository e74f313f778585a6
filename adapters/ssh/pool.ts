import type { HostRefusal } from '#ports/remote-shell.ts';
import { takeTurns } from './take-turns.ts';

/** Something that is costly to open and that several may use at a time. */
export interface Pooled {
  /** What broke it, once it is broken. */
  readonly brokenBy: () => string | undefined;
  /** Asks the other side for a sign of life. */
  check(): Promise<boolean>;
  close(): Promise<void>;
}

/** Times are in ms. */
export interface PoolOptions {
  /** How long one that nobody uses stays open. */
  readonly idleMs: number;
  /** One that was idle for longer than this is asked for a sign of life before it is used again. */
  readonly trustedMs: number;
  /** One that is older gets no new user. */
  readonly maxAgeMs: number;
  /** So many that nobody uses are kept at most; the longest idle goes first. */
  readonly maxIdle: number;
}

export interface Lease<T> {
  readonly kind: 'leased';
  readonly value: T;
  /** Gives it back; a second call does nothing. */
  release(): Promise<void>;
}

export type Opening<T> = () => Promise<{ readonly kind: 'opened'; readonly value: T } | HostRefusal>;

export interface Pool<T> {
  /** A lease of what is open under `key`, or else of what `open` makes. A refusal is told and not kept. */
  lease(key: string, open: Opening<T>): Promise<Lease<T> | HostRefusal>;
  /** Closes all of it, used or not; what is leased later is closed as soon as it is given back. */
  close(): Promise<void>;
}

interface Entry<T> {
  readonly key: string;
  readonly value: T;
  readonly openedAt: number;
  users: number;
  idleSince: number;
  idleTimer: NodeJS.Timeout | undefined;
}

interface State<T> {
  readonly options: PoolOptions;
  readonly entries: Map<string, Entry<T>>;
  closed: boolean;
}

/**
 *     opened ── leased ⇄ idle ──┬── time, number, age, broken, no sign of life ── closed
 *                  └────────────┴── pool closed ── closed
 *
 * Two that ask for one key at a time wait for each other, so that there is one opening.
 */
export function createPool<T extends Pooled>(options: PoolOptions): Pool<T> {
  const state: State<T> = { options, entries: new Map(), closed: false };
  const inTurn = takeTurns();
  return {
    lease: (key, open) => inTurn(key, async () => (await reuse(state, key)) ?? openNew(state, key, open)),
    close: async () => {
      state.closed = true;
      const open = [...state.entries.values()];
      state.entries.clear();
      for (const { idleTimer } of open) clearTimeout(idleTimer);
      await Promise.all(open.map(({ value }) => value.close()));
    },
  };
}

async function reuse<T extends Pooled>(state: State<T>, key: string): Promise<Lease<T> | undefined> {
  const entry = state.entries.get(key);
  if (entry === undefined) return undefined;
  const idleMs = entry.users === 0 ? performance.now() - entry.idleSince : 0;
  // Taken before it is checked: else its time could run out meanwhile.
  const lease = leaseOf(state, entry);
  if (await isFit(state, entry, idleMs)) return lease;
  if (state.entries.get(key) === entry) state.entries.delete(key);
  // Not waited for: a peer that is silent is silent to the farewell as well.
  void lease.release();
  return undefined;
}

async function isFit<T extends Pooled>(
  { options }: State<T>,
  { value, openedAt }: Entry<T>,
  idleMs: number,
): Promise<boolean> {
  if (value.brokenBy() !== undefined || performance.now() - openedAt > options.maxAgeMs) return false;
  return idleMs <= options.trustedMs || (await value.check());
}

async function openNew<T extends Pooled>(
  state: State<T>,
  key: string,
  open: Opening<T>,
): Promise<Lease<T> | HostRefusal> {
  const opened = await open();
  if (opened.kind === 'refused') return opened;
  const { value } = opened;
  const entry = { key, value, openedAt: performance.now(), users: 0, idleSince: 0, idleTimer: undefined };
  if (!state.closed) state.entries.set(key, entry);
  return leaseOf(state, entry);
}

function leaseOf<T extends Pooled>(state: State<T>, entry: Entry<T>): Lease<T> {
  clearTimeout(entry.idleTimer);
  entry.users += 1;
  let released: Promise<void> | undefined;
  return {
    kind: 'leased',
    value: entry.value,
    release: () => {
      released ??= release(state, entry);
      return released;
    },
  };
}

async function release<T extends Pooled>(state: State<T>, entry: Entry<T>): Promise<void> {
  entry.users -= 1;
  if (entry.users > 0) return;
  const kept = state.entries.get(entry.key) === entry && entry.value.brokenBy() === undefined;
  if (!kept) return drop(state, entry);
  entry.idleSince = performance.now();
  entry.idleTimer = setTimeout(() => void drop(state, entry), state.options.idleMs).unref();
  dropSurplus(state);
}

async function drop<T extends Pooled>({ entries }: State<T>, entry: Entry<T>): Promise<void> {
  clearTimeout(entry.idleTimer);
  if (entries.get(entry.key) === entry) entries.delete(entry.key);
  await entry.value.close();
}

function dropSurplus<T extends Pooled>(state: State<T>): void {
  const idle = [...state.entries.values()]
    .filter(({ users }) => users === 0)
    .toSorted((one, other) => other.idleSince - one.idleSince);
  for (const entry of idle.slice(state.options.maxIdle)) void drop(state, entry);
}
