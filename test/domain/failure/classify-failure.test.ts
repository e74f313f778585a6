import { describe, expect, it } from 'vitest';
import { classifyFailure, type JudgedStep } from '#domain/failure/classify-failure.ts';
import type { StepId } from '#domain/ids.ts';
import { someResult } from '#test/support/rows.ts';

const step = (position: number, changes: Partial<JudgedStep> = {}): JudgedStep => ({
  ...{
    id: `step-${position}` as StepId,
    position,
    attempt: 1,
    round: 0,
    kind: 'remediation',
    title: 'Do it',
  },
  ...{ state: 'succeeded', exitCodes: [0], expect: null, result: someResult(), tries: [] },
  ...changes,
});
const failed = (stderr: string, exitCode = 1, changes: Partial<JudgedStep> = {}): JudgedStep =>
  step(1, {
    state: 'failed',
    result: someResult({ state: 'failed', exitCode, stderr, stdout: '' }),
    ...changes,
  });

describe('why a run did not help', () => {
  it.each([
    ['permission', 'sudo: a password is required', 1],
    ['permission', 'rm: cannot remove /srv/x: Operation not permitted', 1],
    ['permission', 'Failed to restart nginx.service: Interactive authentication required.', 4],
    ['permission', '', 126],
    ['environment', 'write error: No space left on device', 1],
    ['environment', 'curl: (6) Could not resolve host: db.internal', 6],
    ['environment', 'bash: iostat: command not found', 127],
    ['wrong-target', 'Unit warbler.service could not be found.', 4],
    ['wrong-target', 'Error: No such container: relay', 1],
    ['wrong-target', 'Error from server (NotFound): pods "relay" not found', 1],
    ['runbook-insufficient', 'warbler: configuration is inconsistent', 3],
  ])('is %s where a step says "%s" and exits with %i', (cause, stderr, exitCode) => {
    expect(classifyFailure([step(0), failed(stderr, exitCode)], null)).toMatchObject({
      cause,
      step: 'step-1',
    });
  });

  it('takes nothing from the words of a step that exits as it should', () => {
    const mismatch = failed('cannot find it: permission denied', 0, { kind: 'validation', expect: 'ok' });
    expect(classifyFailure([mismatch], null)).toMatchObject({ cause: 'runbook-insufficient' });
  });

  it('tells a check that finds another problem from a fix that does not hold', () => {
    const mismatch = (kind: JudgedStep['kind']) => failed('', 0, { kind, expect: '9\\d%' });
    expect(classifyFailure([mismatch('diagnostic')], null)).toMatchObject({ cause: 'wrong-target' });
    expect(classifyFailure([mismatch('validation')], null)).toMatchObject({ cause: 'runbook-insufficient' });
  });

  it('is the environment where nobody knows how a step ended, or where it never reached the host', () => {
    const unknown = step(0, { state: 'unknown', result: null });
    const notSent = failed('', 1, {
      result: someResult({ state: 'failed', why: 'Nothing was sent. No route.' }),
    });
    for (const one of [unknown, notSent])
      expect(classifyFailure([one], null)).toMatchObject({ cause: 'environment' });
  });

  it('is flaky where the same step comes out one way and then another', () => {
    const first = failed('warbler: odd', 3);
    const again = failed('warbler: odd', 5, { attempt: 2, id: 'again' as StepId });
    expect(classifyFailure([first, again], null)).toMatchObject({ cause: 'flaky', step: 'again' });
    const good = step(1, { attempt: 2 });
    expect(classifyFailure([first, good], null)).toBeUndefined();
    expect(classifyFailure([first, good], 'alert still firing')).toMatchObject({ cause: 'flaky' });
  });

  it('is a person where they ended it, and the runbook where all went well without effect', () => {
    for (const state of ['rejected', 'proposed', 'running'] as const)
      expect(classifyFailure([step(0), step(1, { state, result: null })], null)).toMatchObject({
        cause: 'human-stop',
        step: 'step-1',
      });
    expect(classifyFailure([step(0)], 'alert still firing')).toMatchObject({
      cause: 'runbook-insufficient',
      step: null,
    });
    expect(classifyFailure([step(0)], null)).toBeUndefined();
  });
});
