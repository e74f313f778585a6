/** Whom to call when nobody answers, and how long to wait before that. */
export interface EscalationLevel {
  /** Milliseconds since the level before it, or since the beginning. */
  readonly afterMs: number;
  /** Who is called by name, by the ids of the route's own platform and workspace. */
  readonly people: readonly string[];
  /** Where it is said beside the thread, in the same workspace; null for the thread alone. */
  readonly channel: string | null;
}

/** What happens, one level after the other, until somebody acts. */
export interface Escalation {
  readonly name: string;
  /** At least one. */
  readonly levels: readonly EscalationLevel[];
}

/**
 * Why a level is told.
 * - `unanswered`: the alerts fire and nobody has acted.
 * - `stuck`: a step of a run failed, and nobody has said what happens without it.
 * - `failed`: a run ended that failed or had no effect.
 */
export const escalationReasons = ['unanswered', 'stuck', 'failed'] as const;
export type EscalationReason = (typeof escalationReasons)[number];
