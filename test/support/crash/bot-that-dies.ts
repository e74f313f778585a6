import '#src/quick-imports.ts';
import { env, pid, stdout } from 'node:process';
import type { Moment } from './moments.ts';

// Imported here and not above, so that they come after what makes imports quick.
const { readConfig } = await import('#adapters/config/read-config.ts');
const { startServer } = await import('#src/compose.ts');
const { withMoments } = await import('./moments.ts');

/** What the test says over the channel of the process: at which moment to do what to itself, and how much later. */
export interface Fate {
  readonly moment: Moment;
  /** How many times the moment may come before. */
  readonly spare: number;
  readonly afterMs: number;
  readonly signal: 'SIGKILL' | 'SIGSTOP';
}

/**
 * The bot as main.ts makes it, but for one thing: at a moment that its test names, it kills or stops itself, as only it
 * knows when that is.
 */
let fate: Fate | undefined;
let spared = 0;
process.on('message', (told: Fate) => {
  fate = told;
  spared = 0;
  process.send?.('armed');
});

const reach = (moment: Moment): void => {
  if (fate?.moment !== moment) return;
  if (spared < fate.spare) {
    spared += 1;
    return;
  }
  const { afterMs, signal } = fate;
  fate = undefined;
  const strike = (): void => void process.kill(pid, signal);
  if (afterMs === 0) strike();
  else setTimeout(strike, afterMs);
};

const server = await startServer(readConfig(env), (core) => withMoments(core, reach));
stdout.write(`\nReady: ${server.playgroundUrl}\n`);
