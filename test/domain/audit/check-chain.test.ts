import { describe, expect, it } from 'vitest';
import type { AuditEntry } from '#domain/audit/audit-entry.ts';
import {
  type BrokenEntry,
  type ChainState,
  chainStart,
  checkEntry,
  checkTail,
  type KnownHashes,
} from '#domain/audit/check-chain.ts';
import { continueChain, someChain } from '#test/support/audit-chain.ts';

const workspace = 'w';
const length = 1000;
const chain = someChain(workspace, length);
const nothing: KnownHashes = new Map();

/** The chain checked from `state` on: undefined when all of it fits. */
function check(entries: readonly AuditEntry[], state = chainStart, known = nothing): BrokenEntry | undefined {
  let at: ChainState = state;
  for (const entry of entries) {
    const checked = checkEntry(workspace, at, entry, known);
    if (checked.kind === 'broken') return { sequence: checked.sequence, flaw: checked.flaw };
    at = checked.state;
  }
  return checkTail(at, known);
}

/** What was checked before the entry at `index`: a check of what follows begins there, so that every place can be tried. */
const stateBefore = (index: number): ChainState => chain[index - 1] ?? chainStart;

/** The entries from `index` on, as `change` leaves them. */
const broken = (index: number, change: (rest: AuditEntry[]) => readonly AuditEntry[], known = nothing) =>
  check(change(chain.slice(index, index + 5)), stateBefore(index), known);

const everywhere = chain.map((_, index) => index);
const at = (index: number): AuditEntry => chain[index] as AuditEntry;
const first =
  (change: Partial<AuditEntry>) =>
  ([entry, ...rest]: AuditEntry[]): readonly AuditEntry[] => [
    { ...(entry as AuditEntry), ...change },
    ...rest,
  ];

describe('a chain of 1,000 entries', () => {
  it('fits as it was written, with its own hashes known from outside', () => {
    expect(check(chain)).toBeUndefined();
    const known = new Map(chain.map(({ sequence, hash }) => [sequence, new Set([hash])]));
    expect(check(chain, chainStart, known)).toBeUndefined();
  });

  it.each([
    ['time', ({ at }: AuditEntry) => ({ at: at + 1 })],
    ['time, by less than a millisecond', ({ at }: AuditEntry) => ({ at: at + 0.001 })],
    ['actor', () => ({ actor: 'forger' })],
    ['event', () => ({ event: 'step.rejected' })],
    ['details', ({ details }: AuditEntry) => ({ details: { ...details, step: 'other' } })],
    ['details, one more', ({ details }: AuditEntry) => ({ details: { ...details, more: null } })],
    ['details, one less', () => ({ details: {} })],
    ['link', ({ hash }: AuditEntry) => ({ previous: hash })],
    ['hash', ({ previous }: AuditEntry) => ({ hash: previous })],
  ])('names every entry of which the %s was changed', (_field, change) => {
    const named = everywhere.map((index) => broken(index, first(change(at(index)))));
    expect(named).toEqual(everywhere.map((index) => ({ sequence: index + 1, flaw: 'hash' })));
  });

  it('names every entry that is gone, the last one when it was anchored', () => {
    const known = new Map([[length, new Set([at(length - 1).hash])]]);
    const named = everywhere.map((index) => broken(index, ([, ...rest]) => rest, known));
    const flaws = everywhere.map((index) => ({
      sequence: index + 1,
      flaw: index === length - 1 ? 'tail' : 'missing',
    }));
    expect(named).toEqual(flaws);
  });

  it('names the first of every two that changed places', () => {
    const neighbours = everywhere.slice(0, -1).map((index) =>
      broken(index, ([a, b, ...rest]) => {
        const [one, other] = [a as AuditEntry, b as AuditEntry];
        return [{ ...other, sequence: one.sequence }, { ...one, sequence: other.sequence }, ...rest];
      }),
    );
    expect(neighbours).toEqual(
      everywhere.slice(0, -1).map((index) => ({ sequence: index + 1, flaw: 'hash' })),
    );
    const far = everywhere.map((index) => {
      const other = at((index + 499) % length);
      return broken(index, first({ ...other, sequence: index + 1 }));
    });
    expect(far).toEqual(everywhere.map((index) => ({ sequence: index + 1, flaw: 'hash' })));
  });

  it('names every place where one was put in, and the one after it that it pushed on', () => {
    const forged = { actor: 'forger', event: 'step.approved', details: {} };
    const pushed = (rest: readonly AuditEntry[]) =>
      rest.map((entry) => ({ ...entry, sequence: entry.sequence + 1 }));
    const copied = everywhere.map((index) =>
      broken(index, (rest) =>
        [at((index + 1) % length), ...pushed(rest)].map((entry, n) =>
          n === 0 ? { ...entry, sequence: index + 1 } : entry,
        ),
      ),
    );
    expect(copied).toEqual(everywhere.map((index) => ({ sequence: index + 1, flaw: 'hash' })));
    // With a right hash and a right link the forged one fits; what came after it does not any more.
    const fitting = everywhere.map((index) =>
      broken(index, (rest) => [continueChain(workspace, chain[index - 1], forged), ...pushed(rest)]),
    );
    expect(fitting).toEqual(everywhere.map((index) => ({ sequence: index + 2, flaw: 'hash' })));
  });

  it('names the one after every entry that was written anew with a right hash', () => {
    const named = everywhere.slice(0, -1).map((index) => {
      const rewritten = continueChain(workspace, chain[index - 1], { ...at(index), actor: 'forger' });
      return broken(index, ([, ...rest]) => [rewritten, ...rest]);
    });
    expect(named).toEqual(everywhere.slice(0, -1).map((index) => ({ sequence: index + 2, flaw: 'link' })));
  });

  it('tells a number that cannot be', () => {
    for (const sequence of [-3, 0, 0.5, 3])
      expect(check([{ ...at(3), sequence }], stateBefore(3))).toEqual({ sequence, flaw: 'number' });
  });

  it('tells a time that goes back', () => {
    const late = { ...(at(4) as ChainState), at: at(4).at + 1000 };
    expect(check([at(5)], late)).toEqual({ sequence: 6, flaw: 'time' });
  });
});

describe('a head that is known from outside', () => {
  it('shows a chain that was written anew as a whole, and a number that was anchored twice', () => {
    const other = someChain('w', 10).map(({ actor: _, ...entry }) => ({ ...entry, actor: 'forger' }));
    const rewritten: AuditEntry[] = [];
    for (const event of other) rewritten.push(continueChain(workspace, rewritten.at(-1), event));
    expect(check(rewritten)).toBeUndefined();
    const known = new Map([[7, new Set([at(6).hash])]]);
    expect(check(rewritten, chainStart, known)).toEqual({ sequence: 7, flaw: 'anchor' });
    const twice = new Map([[7, new Set([at(6).hash, at(5).hash])]]);
    expect(check(chain.slice(0, 10), chainStart, twice)).toEqual({ sequence: 7, flaw: 'anchor' });
  });

  it('shows an end that was cut off, of whatever length', () => {
    const known = new Map([[20, new Set([at(19).hash])]]);
    for (let left = 0; left < 20; left += 1)
      expect(check(chain.slice(0, left), chainStart, known)).toEqual({ sequence: left + 1, flaw: 'tail' });
    expect(check(chain.slice(0, 20), chainStart, known)).toBeUndefined();
  });
});
