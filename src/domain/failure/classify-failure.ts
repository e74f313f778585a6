import type { Step, StepState } from '../run/step.ts';
import type { Failure, NoEffect } from './failure.ts';
import { failureRules } from './failure-rules.ts';

export type JudgedStep = Pick<
  Step,
  | 'id'
  | 'position'
  | 'attempt'
  | 'round'
  | 'kind'
  | 'title'
  | 'state'
  | 'exitCodes'
  | 'expect'
  | 'result'
  | 'tries'
>;

const failed: readonly StepState[] = ['failed', 'timed-out', 'unknown'];
/** What is still open when its run ends was ended with it. */
const stopped: readonly StepState[] = [
  ...(['rejected', 'cancelled', 'cancel-unconfirmed'] as const),
  ...(['proposed', 'approved', 'claimed', 'running'] as const),
];

/**
 * Why a run failed or did not help; undefined when nothing says that it did. `steps` are all attempts of its steps, in the
 * order in which the run goes through them; `noEffect` is what is known of it after its end. By rules alone, the surest first:
 *
 * 1. A step that failed and, unchanged, succeeded when it was tried again says that something is flaky.
 * 2. The newest failure that was not made up for: what its output says (`failureRules`), else what kind of step it is.
 * 3. Without a failure: a person ended it, or all went well and it had no effect.
 */
export function classifyFailure(
  steps: readonly JudgedStep[],
  noEffect: NoEffect | null,
): Failure | undefined {
  const forward = steps.filter(({ kind, round }) => kind !== 'rollback' && round === 0);
  const last = newestOfEach(forward).findLast(({ state }) => failed.includes(state));
  if (last) return classifyStep(last, forward);
  const ended = newestOfEach(forward).findLast(({ state }) => stopped.includes(state));
  if (ended) return { cause: 'human-stop', why: `a person ended it at "${ended.title}"`, step: ended.id };
  if (noEffect === null) return undefined;
  const flaky = forward.find((step) => isMadeUpFor(step, forward));
  return flaky
    ? { cause: 'flaky', why: `"${flaky.title}" failed and succeeded when it was tried again`, step: flaky.id }
    : {
        cause: 'runbook-insufficient',
        why: `all its steps went well, and it had no effect (${noEffect})`,
        step: null,
      };
}

function newestOfEach(steps: readonly JudgedStep[]): readonly JudgedStep[] {
  return [...new Map(steps.map((step) => [step.position, step])).values()];
}

const isMadeUpFor = (step: JudgedStep, all: readonly JudgedStep[]): boolean =>
  failed.includes(step.state)
    ? all.some(
        ({ position, attempt, state }) =>
          position === step.position && attempt > step.attempt && state === 'succeeded',
      )
    : step.state === 'succeeded' && step.tries.length > 0;

function classifyStep(step: JudgedStep, all: readonly JudgedStep[]): Failure {
  const { id, title, state, result } = step;
  const told = (cause: Failure['cause'], why: string): Failure => ({
    cause,
    why: `"${title}": ${why}`,
    step: id,
  });
  if (state === 'unknown') return told('environment', 'nobody knows how it ended, as the connection broke');
  if (result === null || /^Nothing (of this attempt )?was sent\./.test(result.why))
    return told('environment', 'it could not be sent to the host');
  const rule = ruleFor(step);
  if (rule) return told(rule.cause, rule.why);
  if (cameOutDifferently(step, all)) return told('flaky', 'it came out differently each time');
  return bySection(step, told);
}

/** An exit code that the step expects says nothing. */
function ruleFor({ exitCodes, result }: JudgedStep) {
  const exitCode = result?.exitCode ?? null;
  if (!result || (exitCode !== null && exitCodes.includes(exitCode))) return undefined;
  const said = result.stderr.trim() || result.stdout.slice(-lastOutput);
  return failureRules.find(
    ({ exitCodes: codes, says }) =>
      (exitCode !== null && codes?.includes(exitCode)) || says?.test(said) === true,
  );
}

const lastOutput = 1_000;

function cameOutDifferently(step: JudgedStep, all: readonly JudgedStep[]): boolean {
  const before = all.filter(({ position, id }) => position === step.position && id !== step.id);
  const codes = [
    ...before.flatMap(({ result }) => (result ? [result.exitCode] : [])),
    ...step.tries.map(({ exitCode }) => exitCode),
  ];
  return codes.some((code) => code !== step.result?.exitCode);
}

function bySection(
  { kind, state, expect, exitCodes, result }: JudgedStep,
  told: (cause: Failure['cause'], why: string) => Failure,
): Failure {
  const isMismatch = expect !== null && result?.exitCode != null && exitCodes.includes(result.exitCode);
  if (kind === 'diagnostic')
    return isMismatch
      ? told('wrong-target', 'it did not find what this runbook is for')
      : told('runbook-insufficient', 'the check itself does not work here');
  if (kind === 'validation') return told('runbook-insufficient', 'the problem was still there after the fix');
  if (state === 'timed-out') return told('runbook-insufficient', 'it took longer than it is given');
  return told('runbook-insufficient', isMismatch ? 'it did not do what it should' : 'the fix itself failed');
}
