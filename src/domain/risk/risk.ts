/**
 * How much harm a command can do, judged from its text alone.
 *
 * - `read-only`: reads state; writes only to its own output, a pipe or /dev/null.
 * - `mutating`: changes state in a bounded and recoverable way.
 * - `destructive`: deletes or overwrites data or configuration, takes a host or a service away, or runs
 *   code that nobody can see beforehand. Whatever is not understood is destructive.
 */
export type Risk = 'read-only' | 'mutating' | 'destructive';

/** A risk and the sentence that explains it to the person who approves. */
export interface Verdict {
  readonly risk: Risk;
  readonly why: string;
}

/** Position of each risk from harmless (0) to worst (2). */
export const riskOrder = { 'read-only': 0, mutating: 1, destructive: 2 } as const satisfies Record<
  Risk,
  number
>;

/** The worse of two risks. */
export function worstRisk(a: Risk, b: Risk): Risk {
  return riskOrder[b] > riskOrder[a] ? b : a;
}

/** The worst verdict of a list; of equals the first, so that the sentence names the earliest cause. */
export function worstVerdict(verdicts: readonly Verdict[], whenEmpty: Verdict): Verdict {
  const [first, ...rest] = verdicts;
  if (!first) return whenEmpty;
  return rest.reduce((worst, next) => (riskOrder[next.risk] > riskOrder[worst.risk] ? next : worst), first);
}

/** The verdict that only reads. */
export function readOnly(why: string): Verdict {
  return { risk: 'read-only', why };
}

/** The verdict for a bounded change. */
export function mutating(why: string): Verdict {
  return { risk: 'mutating', why };
}

/** The verdict for a loss, and for everything that is not understood. */
export function destructive(why: string): Verdict {
  return { risk: 'destructive', why };
}
