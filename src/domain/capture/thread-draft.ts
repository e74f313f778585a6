import type { StepKind } from '../runbook/runbook.ts';

/** One command that somebody ran. `output` and `exitCode` are null where the thread does not tell them. */
export interface DraftedStep {
  /** Exactly as it was typed, without the prompt, over as many lines as it had. */
  readonly command: string;
  readonly kind: StepKind;
  readonly output: string | null;
  readonly exitCode: number | null;
}

/**
 * How a thread ended. `partial`: it works again by a workaround, and the cause is still there. `failed`: nothing that
 * was tried helped. `abandoned`: there was nothing to fix, or nobody went on.
 */
export const threadOutcomes = ['resolved', 'partial', 'failed', 'abandoned'] as const;
export type ThreadOutcome = (typeof threadOutcomes)[number];

/** What a thread tells, as a case needs it. Texts are the words of the thread; null where nobody said it. */
export interface ThreadDraft {
  readonly symptoms: readonly string[];
  readonly context: {
    readonly hosts: readonly string[];
    readonly service: string | null;
    readonly os: string | null;
    readonly application: string | null;
  };
  readonly steps: readonly DraftedStep[];
  readonly rootCause: string | null;
  readonly resolution: string | null;
  readonly validation: string | null;
  readonly outcome: ThreadOutcome;
  /** From the start to the message that confirms the fix; null where nothing was fixed. */
  readonly durationMinutes: number | null;
  readonly tags: readonly string[];
}
