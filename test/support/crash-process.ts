import { createSsh2RemoteShell } from '#adapters/ssh/create-ssh2-remote-shell.ts';
import type { Host } from '#domain/host.ts';

/**
 * A process that sends one attempt and says how far it is, for a test that ends it midway: `node crash-process.ts HOST
 * COMMAND ATTEMPT`, the first as JSON.
 */
const [host = '', command = '', attempt = ''] = process.argv.slice(2);
const say = (word: string): void => void process.stdout.write(`${word}\n`);
const never = new AbortController().signal;

const connection = await createSsh2RemoteShell().connect(JSON.parse(host) as Host, [], never);
if (connection.kind === 'refused') throw new Error(connection.message);
say('connected');
const step = { command, timeoutMs: 60_000, environment: {}, attempt };
const running = connection.session.run(step, () => say('output'), never);
say('sent');
await running;
say('exited');
// Nobody is told: the test ends the process here too.
setInterval(() => undefined, 1_000);
