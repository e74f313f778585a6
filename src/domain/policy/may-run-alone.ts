import type { SuccessRate } from '../learning/success-rate.ts';
import { hasRole } from '../person.ts';
import type { Risk } from '../risk/risk.ts';
import type { StepKind } from '../runbook/runbook.ts';
import { fitsPattern } from '../text/fits-pattern.ts';
import type { AutonomyRule, Policy, Terms } from './policy.ts';

export interface AloneQuestion {
  readonly kind: StepKind;
  readonly risk: Risk;
  readonly channel: string;
  /** The slug of the runbook. */
  readonly runbook: string;
  /** What the rules ask for where a person decides. */
  readonly terms: Pick<Terms, 'approve' | 'approvals'>;
  /** What was measured of the version that runs. */
  readonly rate: Pick<SuccessRate, 'worked' | 'tried'>;
}

/**
 * Whether a step may run without a person: only a diagnostic that only reads, only where a rule says so, and only once this
 * version of the runbook was measured well enough. What changes anything never does, nor does what a rule keeps for more people
 * than any one responder: whoever wrote that wanted somebody to look.
 */
export function mayRunAlone({ autonomy }: Policy, question: AloneQuestion): boolean {
  if (question.kind !== 'diagnostic' || question.risk !== 'read-only') return false;
  if (!isAnybodys(question.terms)) return false;
  return autonomy.some((rule) => isFor(rule, question) && isProven(rule, question.rate));
}

const isAnybodys = ({ approve, approvals }: AloneQuestion['terms']): boolean =>
  approve !== 'nobody' && hasRole('responder', approve) && approvals === 1;

function isFor({ channels, runbooks }: AutonomyRule, { channel, runbook }: AloneQuestion): boolean {
  const fits = (patterns: readonly string[] | undefined, name: string) =>
    patterns === undefined || patterns.some((pattern) => fitsPattern(name, pattern));
  return fits(channels, channel) && fits(runbooks, runbook);
}

function isProven({ success, uses }: AutonomyRule, rate: AloneQuestion['rate']): boolean {
  return rate.tried >= uses && rate.worked / rate.tried >= success;
}
