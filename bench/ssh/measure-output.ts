import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Host } from '#domain/host.ts';

export interface OutputFigures {
  readonly kind: string;
  /** Bytes of standard output that came, and characters of it that were kept. */
  readonly bytes: number;
  readonly kept: number;
  readonly seconds: number;
  /** Highest resident memory while it came, over that before. */
  readonly overIdleMB: number;
  readonly eventLoopP99Ms: number;
}

/** The outputs that are hard to hold, each of `bytes` bytes. */
export const hardOutputs: Readonly<Record<string, (bytes: number) => string>> = {
  'lines of text': (bytes) =>
    `yes 'a line of a log as it is written everywhere, 60 bytes..' | head -c ${bytes}`,
  'one endless line': (bytes) => `head -c ${bytes} /dev/zero | tr '\\0' x`,
  'bytes that are no UTF-8': (bytes) => `head -c ${bytes} /dev/zero | tr '\\0' '\\377'`,
};

const program = fileURLToPath(new URL('output-process.ts', import.meta.url));
const flags = ['--expose-gc', '--max-semi-space-size=2', '--max-old-space-size=512'];

/** Reads the output of a command in a process of its own, with the flags of `npm start`. */
export async function measureOutput(host: Host, command: string): Promise<OutputFigures> {
  const words = [...flags, program, JSON.stringify(host), JSON.stringify(command)];
  const { stdout } = await promisify(execFile)(process.execPath, words);
  return JSON.parse(stdout) as OutputFigures;
}
