import process from 'node:process';

/** Resolves with the signal that asks the process to end. One that was started by another ends with it. */
export function stopSignal(): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    process.once('SIGTERM', () => resolve('SIGTERM'));
    process.once('SIGINT', () => resolve('SIGINT'));
    process.once('disconnect', () => resolve('SIGTERM'));
  });
}
