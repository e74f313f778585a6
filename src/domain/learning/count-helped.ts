import { type Signal, worthOf } from './signal.ts';

/**
 * How many people a solution helped: those who said that it worked, and those whose run of it passed its checks, each once and
 * without its authors. An alert that is over says nothing of anybody.
 */
export function countHelped(signals: readonly Signal[], authors: ReadonlySet<string>): number {
  const helped = new Set(
    signals.flatMap((signal) => (signal.kind !== 'alert' && worthOf(signal) === 1 ? [signal.person] : [])),
  );
  return helped.difference(authors).size;
}
