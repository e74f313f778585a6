import { expect, it } from 'vitest';
import { proofOf, type RunToProve } from '#domain/ticket/proof-of.ts';

type Sent = RunToProve['steps'][number];

const step = (kind: Sent['kind'], position: number, changes: Partial<Sent> = {}): Sent => ({
  kind,
  position,
  attempt: 1,
  round: 0,
  state: 'succeeded',
  startedAt: position * 1_000,
  endedAt: position * 1_000 + 500,
  ...changes,
});
const fix = step('remediation', 1);
const check = step('validation', 2);
const over = { open: 0, overAt: 3_000 };
const run = (changes: Partial<RunToProve> = {}): RunToProve => ({
  run: { state: 'finished', direction: 'forward' },
  steps: [step('diagnostic', 0), fix, check],
  verdicts: [],
  alerts: null,
  withinMs: 10_000,
  ...changes,
});

it.each<[string, Partial<RunToProve>, ReturnType<typeof proofOf>]>([
  ['its validation, where no alert decides', {}, 'validation'],
  ['nothing without a validation and without alerts', { steps: [fix] }, null],
  ['alerts that were over after its change', { steps: [fix], alerts: over }, 'alerts'],
  ['nothing while an alert goes on', { alerts: { open: 1, overAt: 3_000 } }, null],
  ['nothing where the alerts were over before', { alerts: { open: 0, overAt: 1_000 } }, null],
  ['nothing where they were over long after', { alerts: { open: 0, overAt: 11_501 } }, null],
  ['alerts that were over just in time', { alerts: { open: 0, overAt: 11_500 } }, 'alerts'],
  [
    'nothing where its validation failed',
    { steps: [fix, { ...check, state: 'failed' }], alerts: over },
    null,
  ],
  [
    'the last attempt at its validation',
    { steps: [fix, { ...check, state: 'failed' }, { ...check, attempt: 2 }] },
    'validation',
  ],
  [
    'no attempt that was never sent',
    { steps: [fix, check, { ...check, attempt: 2, state: 'expired', startedAt: null, endedAt: null }] },
    'validation',
  ],
  [
    'nothing of a validation that was skipped',
    { steps: [fix, { ...check, state: 'skipped', startedAt: null }] },
    null,
  ],
  ['nothing where its last change failed', { steps: [{ ...fix, state: 'timed-out' }, check] }, null],
  ['nothing where it changed nothing', { steps: [step('diagnostic', 0), check], alerts: over }, null],
  [
    'no look that was repeated',
    { steps: [fix, check, { ...check, round: 1, state: 'failed' }] },
    'validation',
  ],
  ['nothing while it goes on', { run: { state: 'active', direction: 'forward' } }, null],
  ['nothing where it was stopped', { run: { state: 'stopped', direction: 'forward' } }, null],
  ['nothing where it was rolled back', { run: { state: 'finished', direction: 'rollback' } }, null],
  [
    'nothing where somebody says that it did not help',
    { verdicts: ['worked', 'failed'], alerts: over },
    null,
  ],
  ['nothing where somebody says that it helped in part', { verdicts: ['partly'] }, null],
  ['its validation, where people agree', { verdicts: ['worked'] }, 'validation'],
])('what shows that a run helped is %s', (_, changes, proof) => {
  expect(proofOf(run(changes))).toBe(proof);
});
