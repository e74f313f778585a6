import { Fault } from '#domain/fault.ts';

/** Codes of PostgreSQL and of the network that mean: not now. */
const unavailable = /^(08|25P03|57P|53)|^(ECONN|ETIMEDOUT|ENOTFOUND|EPIPE|CONNECTION_|CONNECT_TIMEOUT)/;

/** Codes of PostgreSQL that mean: two transactions stood in each other's way and this one was rolled back. */
const collided = /^40(001|P01)$/;

/** Codes of PostgreSQL that mean: no column, or no index, can hold such a value. */
const unfit = /^(22|54)/;

/** Runs `work` and turns an error of the database driver into a Fault; Faults pass as they are. */
export async function translateFault<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Fault) throw error;
    throw toFault(error);
  }
}

function toFault(error: unknown): Fault {
  const code = errorCode(error);
  if (unavailable.test(code)) {
    const advice =
      'Nothing was lost and nothing ran. Check that PostgreSQL is up and that DATABASE_URL names it.';
    return new Fault('unavailable', 'database-down', 'The database does not answer.', advice, error);
  }
  if (collided.test(code)) {
    const advice = 'Nothing was changed. Recourse tries again.';
    return new Fault(
      'unavailable',
      'database-busy',
      'The database was busy with the same rows.',
      advice,
      error,
    );
  }
  return new Fault(
    'internal',
    unfit.test(code) ? 'database-value' : 'database',
    `The database refused a statement: ${deepest(error)}`,
    'Please report this.',
    error,
  );
}

/** Drivers and drizzle wrap one another; the innermost code tells. */
function errorCode(error: unknown): string {
  if (!(error instanceof Error)) return '';
  const own = 'code' in error && typeof error.code === 'string' ? error.code : '';
  return error.cause instanceof Error ? errorCode(error.cause) || own : own;
}

function deepest(error: unknown): string {
  return error instanceof Error && error.cause instanceof Error ? deepest(error.cause) : String(error);
}
