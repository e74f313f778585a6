import { createHash } from 'node:crypto';
import { canonicalJson } from '../canonical-json.ts';
import type { Host } from '../host.ts';
import type { Retry } from '../run/retry.ts';
import { hopOf } from '../run/way.ts';
import type { Given } from '../runbook/given.ts';
import { boundWay } from './binding.ts';

/** A diagnostic that only reads and comes after the one that waits, as it would be proposed. */
export interface ListedCheck {
  /** Index into the steps of the runbook version. */
  readonly position: number;
  /** 1-based place among the steps of the run. */
  readonly number: number;
  readonly title: string;
  readonly host: Host;
  readonly jumps: readonly Host[];
  readonly command: string;
  readonly given: Given;
  readonly retry: Retry | null;
}

/** What one decision covers beside the check that waits. */
export interface CheckList {
  readonly checks: readonly ListedCheck[];
  /**
   * For how many milliseconds from the decision on it also covers the same checks, that one included, once more after a change;
   * null when none of them would come again.
   */
  readonly againMs: number | null;
}

/** What a decision on all of them is bound to: change one host, address, login or byte of a command and it is another list. */
export function hashCheckList({ checks, againMs }: CheckList): string {
  const bound = checks.map(({ position, command, given, retry, host, jumps }) => {
    const tries = retry && { retry };
    return { position, command, given, ...tries, id: host.id, ...hopOf(host), ...boundWay(host, jumps) };
  });
  return createHash('sha256')
    .update(canonicalJson([againMs, bound]), 'utf8')
    .digest('hex')
    .slice(0, 32);
}
