import type { Step, StepResult } from '#domain/run/step.ts';
import { sudoAdvice } from '#domain/run/sudo-advice.ts';
import type { Match } from '#domain/text/match.ts';
import { formatDuration } from '#domain/wording/format.ts';
import type { MatchPattern } from '#ports/match-pattern.ts';
import type { RemoteResult } from '#ports/remote-shell.ts';

type Judgement = Pick<StepResult, 'state' | 'why'> & { readonly exitCode?: number; readonly signal?: string };

/**
 * What a remote result means for a step: its exit code and its expectation both count. An expectation that cannot be decided
 * is not met.
 */
export function judgeResult(
  step: Pick<Step, 'expect' | 'exitCodes' | 'timeoutMs'>,
  result: RemoteResult,
  matchPattern: MatchPattern,
): StepResult {
  const { state, why, exitCode = null, signal = null } = judgement(step, result, matchPattern);
  return {
    state,
    why,
    exitCode,
    signal,
    stdout: result.stdout.text,
    stderr: result.stderr.text,
    stdoutBytes: result.stdout.bytes,
    stderrBytes: result.stderr.bytes,
  };
}

/** Whether the host said that a command and all of its group came to their end; only then can another one follow. */
export const isOverOnHost = (result: RemoteResult): boolean =>
  result.kind === 'exited' || (result.kind === 'timed-out' && result.confirmed);

/** Cancelled: somebody stopped it before it could be sent. */
export type NotSent = StepResult & { readonly state: 'failed' | 'cancelled' };

/** The result of a step that ended before anything of it reached the host. */
export function notSent(why: string, state: NotSent['state'] = 'failed'): NotSent {
  const nothing = { exitCode: null, signal: null, stdout: '', stderr: '', stdoutBytes: 0, stderrBytes: 0 };
  return { ...nothing, state, why: `Nothing was sent. ${why}` };
}

/** The same of one try of a step: those before it were sent. */
export function tryNotSent(
  { tries }: Pick<Step, 'tries'>,
  why: string,
  state: NotSent['state'] = 'failed',
): NotSent {
  const result = notSent(why, state);
  return tries.length === 0 ? result : { ...result, why: `Nothing of this attempt was sent. ${why}` };
}

function judgement(
  step: Pick<Step, 'expect' | 'exitCodes' | 'timeoutMs'>,
  result: RemoteResult,
  matchPattern: MatchPattern,
): Judgement {
  const gone = (confirmed: boolean) =>
    confirmed ? 'Its processes are gone.' : 'Some of its processes may still run.';
  switch (result.kind) {
    case 'exited':
      return { ...judgeExit(step, result, matchPattern), exitCode: result.exitCode };
    // What may still be at work is as open as a cancellation that nobody confirmed.
    case 'killed':
      return {
        state: result.confirmed ? 'failed' : 'cancel-unconfirmed',
        signal: result.signal,
        why: `A signal ended it: ${result.signal}.${result.confirmed ? '' : ` ${gone(false)}`}`,
      };
    case 'timed-out':
      return {
        state: result.confirmed ? 'timed-out' : 'cancel-unconfirmed',
        why: `No end within ${formatDuration(step.timeoutMs)}. ${gone(result.confirmed)}`,
      };
    case 'cancelled':
      return { state: result.confirmed ? 'cancelled' : 'cancel-unconfirmed', why: gone(result.confirmed) };
    case 'lost':
      return { state: 'unknown', why: `The connection broke after it was sent: ${result.message}.` };
  }
}

function judgeExit(
  { exitCodes, expect }: Pick<Step, 'expect' | 'exitCodes'>,
  { exitCode, stdout, stderr }: Extract<RemoteResult, { kind: 'exited' }>,
  matchPattern: MatchPattern,
): Judgement {
  if (!exitCodes.includes(exitCode)) {
    const why = [`Exit ${exitCode}, expected ${exitCodes.join(' or ')}.`, sudoAdvice(stderr.text) ?? ''];
    return { state: 'failed', why: why.join(' ').trim() };
  }
  if (expect === null) return { state: 'succeeded', why: `Exit ${exitCode}.` };
  const why = {
    found: `Exit ${exitCode}, output as expected.`,
    missing: `Exit ${exitCode}, but the output does not match ${expect}.`,
    undecided: `Exit ${exitCode}, but whether the output matches ${expect} takes too long to find out. Look at it, and give the runbook a simpler pattern.`,
  } as const satisfies Record<Match, string>;
  const match = matchPattern(expect, stdout.text);
  return { state: match === 'found' ? 'succeeded' : 'failed', why: why[match] };
}
