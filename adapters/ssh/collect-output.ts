import type { ClientChannel } from 'ssh2';
import type { CapturedStream } from '#ports/remote-shell.ts';
import { createOutputCapture } from './capture-output.ts';
import { createMarkerFilter } from './strip-marker.ts';

export interface CollectedOutput {
  /** The id of the command's process group, as soon as the host has told it. */
  readonly group: Promise<number>;
  /** Ends the collection: what comes later is no longer part of the result. */
  finish(): { readonly stdout: CapturedStream; readonly stderr: CapturedStream };
}

/**
 * Reads both streams of a channel for as long as it lives: every packet is used up when it comes, so that the
 * SSH window is all that is ever in memory besides the bounded capture.
 */
export function collectOutput(
  channel: ClientChannel,
  token: string,
  onOutput: (text: string) => void,
): CollectedOutput {
  let tellGroup = (_group: number): void => undefined;
  const group = new Promise<number>((resolve) => {
    tellGroup = resolve;
  });
  const stdout = collectStream(token, onOutput, (id) => tellGroup(id));
  const stderr = collectStream(token, onOutput, (id) => tellGroup(id));
  channel.on('data', stdout.push);
  channel.stderr.on('data', stderr.push);
  return { group, finish: () => ({ stdout: stdout.finish(), stderr: stderr.finish() }) };
}

function collectStream(token: string, onOutput: (text: string) => void, onGroup: (group: number) => void) {
  const capture = createOutputCapture();
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  let finished = false;
  const show = (text: string): void => {
    if (text !== '') onOutput(text);
  };
  const marker = createMarkerFilter(token, onGroup, (chunk) => {
    capture.push(chunk);
    show(decoder.decode(chunk, { stream: true }));
  });
  return {
    push: (chunk: Buffer): void => {
      if (!finished) marker.push(chunk);
    },
    finish: (): CapturedStream => {
      finished = true;
      marker.end();
      show(decoder.decode());
      return capture.read();
    },
  };
}
