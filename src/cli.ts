import './quick-imports.ts';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import process, { argv, cwd, env, exit, loadEnvFile, stderr, stdin, stdout } from 'node:process';
import { text } from 'node:stream/consumers';
import type { Config } from '#adapters/config/config.ts';
import { readConfig } from '#adapters/config/read-config.ts';
import type { CommandIo } from '#commands/command.ts';
import { runProgram } from '#commands/run-program.ts';
import { createCommandTools } from './composition/create-command-tools.ts';
import { reachApplication } from './composition/reach-application.ts';
import { readHidden } from './composition/read-hidden.ts';
import { createRestore } from './composition/restore-backup.ts';

/** The `recourse` command of the shell. What it cannot do itself, the running server does for it. */

let settings: Config | undefined;
/** Read when a command first asks: `--help` and `runbook lint` work whatever the environment holds. */
function config(): Config {
  if (settings === undefined) {
    if (existsSync('.env')) loadEnvFile('.env');
    settings = readConfig(env);
  }
  return settings;
}

const io: CommandIo = {
  out: (chunk) => void stdout.write(chunk),
  err: (chunk) => void stderr.write(chunk),
  stdin: () => text(stdin),
  secret: (prompt) => (stdin.isTTY ? readHidden({ input: stdin, output: stderr, prompt }) : text(stdin)),
  flushed: async () => {
    if (stdout.writableNeedDrain) await once(stdout, 'drain');
  },
  cwd: cwd(),
};

/** `main.ts` is the server, and ends the process by itself. */
async function start(): Promise<number> {
  await import('./main.ts');
  return 0;
}

// A reader that has seen enough (`recourse … | head`) is no fault.
stdout.on('error', () => exit(0));

const words = argv.slice(2);
const code = await runProgram(words, {
  io,
  tools: createCommandTools(config),
  withApplication: reachApplication({
    config,
    open: async (found) => (await import('./compose.ts')).openApplication(found),
    argv: words,
    io,
  }),
  shell: { start, input: () => stdin.setEncoding('utf8'), restore: createRestore(config) },
  now: () => Date.now(),
});
// What is still in the pipe goes out first; what a library left running must not keep the shell waiting.
stdout.write('', () => exit(code));
process.exitCode = code;
