import { stderr } from 'node:process';
import { badConfigurationExitCode } from '#adapters/config/read-config.ts';
import { Fault } from '#domain/fault.ts';
import { describeFault } from '#domain/wording/fault-notice.ts';

/** Says why the program cannot start and what to do; returns its exit code. */
export function tellFailedStart(error: unknown): number {
  const { what, advice } = describeFault(error);
  stderr.write(`Recourse cannot start. ${what}\n${advice}\n`);
  if (!(error instanceof Fault)) stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
  return error instanceof Fault && error.kind === 'configuration' ? badConfigurationExitCode : 1;
}
