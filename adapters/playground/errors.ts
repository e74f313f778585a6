import { Fault } from '#domain/fault.ts';
import type { Logger } from '#ports/logger.ts';

/** A request that had no effect, and the sentence that says why. */
export interface Refused {
  readonly kind: 'refused';
  readonly status: 400 | 403 | 404 | 413 | 415 | 500 | 503;
  readonly error: string;
}

export function refuse(status: Refused['status'], error: string): Refused {
  return { kind: 'refused', status, error };
}

/**
 * Turns what was thrown while a request was served into a refusal. A Fault was worded for people; anything else is
 * a defect, whose text stays in the log.
 */
export function refuseFault(thrown: unknown, logger: Logger): Refused {
  if (thrown instanceof Fault) {
    logger.warn({ code: thrown.code, error: thrown }, 'A playground request was not taken');
    return refuse(503, `${thrown.message} ${thrown.advice}`.trim());
  }
  logger.error({ error: thrown }, 'A playground request failed');
  return refuse(500, 'Recourse failed while it handled this. Its log says why; nothing was started.');
}
