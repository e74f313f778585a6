import './quick-imports.ts';
import { existsSync } from 'node:fs';
import { env, exit, loadEnvFile, stdout } from 'node:process';

// Imported here and not above, so that they come after what makes imports quick.
const { readConfig } = await import('#adapters/config/read-config.ts');
const { startServer } = await import('./compose.ts');
const { stopSignal } = await import('./composition/stop-signal.ts');
const { tellFailedStart } = await import('./composition/tell-failed-start.ts');

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
  exit(tellFailedStart(error));
}
