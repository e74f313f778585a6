import './quick-imports.ts';
import { existsSync } from 'node:fs';
import process, { env, exit, loadEnvFile, stderr, stdout } from 'node:process';

// Imported here and not above, so that they come after what makes imports quick.
const { badConfigurationExitCode, readConfig } = await import('#adapters/config/read-config.ts');
const { startServer } = await import('./compose.ts');
const { Fault } = await import('./domain/fault.ts');
const { describeFault } = await import('./domain/wording/fault-notice.ts');

/** Resolves with the signal that asks the process to end. */
function stopSignal(): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    process.once('SIGTERM', () => resolve('SIGTERM'));
    process.once('SIGINT', () => resolve('SIGINT'));
  });
}

try {
  if (existsSync('.env')) loadEnvFile('.env');
  const stop = stopSignal();
  const server = await startServer(readConfig(env));
  const where = server.playgroundUrl ?? `http://${server.localAddress}/healthz`;
  stdout.write(
    `\nRecourse is ready. ${server.playgroundUrl ? 'Open the playground' : 'The playground is off'}: ${where}\n\n`,
  );
  stdout.write(`${await stop}: finishing what runs, then stopping.\n`);
  await server.close();
  exit(0);
} catch (error) {
  const { what, advice } = describeFault(error);
  stderr.write(`Recourse cannot start. ${what}\n${advice}\n`);
  if (!(error instanceof Fault)) stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
  exit(error instanceof Fault && error.kind === 'configuration' ? badConfigurationExitCode : 1);
}
