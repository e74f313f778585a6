import type { AlertDue } from '#domain/alert/alert-due.ts';

export interface AlertDueStore {
  /**
   * Is due so many milliseconds from now, on database time; one of the same incident, kind and subject is put off. True when
   * there was none.
   */
  set(due: AlertDue, inMs: number): Promise<boolean>;
  /** Is not to be looked at any more. */
  drop(due: AlertDue): Promise<void>;
  /** Takes out up to `limit` whose time has come, the oldest first. Of two that ask at once, one gets each. */
  take(limit: number): Promise<readonly AlertDue[]>;
}
