import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';
import { createSsh2RemoteShell } from '#adapters/ssh/create-ssh2-remote-shell.ts';
import { watchStep } from '#application/watch-step.ts';
import type { Host } from '#domain/host.ts';
import { storableText } from '#domain/text/storable-text.ts';
import { createBoundary } from '#src/composition/boundary.ts';
import type { OutputFigures } from './measure-output.ts';

/**
 * A bot's process that does nothing but read a step's output: `node output-process.ts HOST COMMAND`, both as JSON. Secrets
 * are looked for as the product does it: in what its card shows while more is coming, and in what is kept.
 */
const [host, command] = process.argv.slice(2).map((text) => JSON.parse(text) as unknown) as [Host, string];
const never = new AbortController().signal;
const secrets = Array.from({ length: 20 }, (_, n) => `known-${n}-${'aB3dE5gH7'.repeat(2)}`);
const { redact, logger } = createBoundary({ secrets, logLevel: 'error' }, process.stderr);
const shell = createSsh2RemoteShell({ redact });

/** The watch over a step with its database left out: nothing cancels it, and no card is written. */
function watch() {
  const unitOfWork = { within: async () => ({ cancel: false }) };
  const needs = { unitOfWork, instance: 'bench', logger, redact, postsWaiting: () => undefined };
  const claimed = { workspace: 'bench', step: { id: 'bench', partOf: null } };
  return watchStep(needs as never, claimed as never, never);
}

async function read(text: string) {
  const connection = await shell.connect(host, [], never);
  if (connection.kind === 'refused') throw new Error(connection.message);
  const step = { command: text, timeoutMs: 900_000, environment: {}, attempt: null };
  const { onOutput, stop } = watch();
  const result = await connection.session.run(step, onOutput, never);
  await stop();
  await connection.session.close();
  const clean = (given: string) => redact(storableText(given));
  clean(result.stderr.text);
  return { ...result, stdout: { ...result.stdout, text: clean(result.stdout.text) } };
}

// What is loaded and compiled at the first use is part of being idle.
await read('head -c 3000000 /dev/zero');
await delay(500);
globalThis.gc?.();
const idle = process.memoryUsage.rss();
let peak = idle;
const sampling = setInterval(() => {
  peak = Math.max(peak, process.memoryUsage.rss());
}, 20);
const loop = monitorEventLoopDelay({ resolution: 5 });
loop.enable();
const result = await read(command);
loop.disable();
clearInterval(sampling);
await shell.close();

const figures: OutputFigures = {
  kind: result.kind,
  bytes: result.stdout.bytes,
  kept: result.stdout.text.length,
  seconds: result.durationMs / 1000,
  overIdleMB: (peak - idle) / 1_000_000,
  eventLoopP99Ms: loop.percentile(99) / 1_000_000,
};
console.log(JSON.stringify(figures));
