import { lockDataDirectory } from '#adapters/system/data-lock.ts';
import { Fault } from '#domain/fault.ts';

/** Keeps the embedded database to this process; a second server is refused. */
export function holdDataDirectory(directory: string): Disposable {
  const lock = lockDataDirectory(directory);
  if (lock.kind === 'held')
    throw new Fault(
      'in-use',
      'data-in-use',
      `Another Recourse runs on the data directory ${directory}.`,
      'Stop it first, or set RECOURSE_DATA_DIR to another folder. Two on one embedded database would lose rows.',
    );
  return { [Symbol.dispose]: lock.release };
}
