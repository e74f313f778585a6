import type { ClientChannel } from 'ssh2';
import type { Redact } from '#domain/redaction/redact.ts';
import type { CapturedStream } from '#ports/remote-shell.ts';
import { createOutputCapture, type OutputCapture } from './capture-output.ts';
import { createMarkerFilter } from './strip-marker.ts';

export interface CollectedOutput {
  /** What the start script said first: the id of the command's process group, or why it ran nothing. */
  readonly marker: Promise<string>;
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
  redact?: Redact,
): CollectedOutput {
  let tell = (_word: string): void => undefined;
  const marker = new Promise<string>((resolve) => {
    tell = resolve;
  });
  const collect = () => collectStream(token, onOutput, (word) => tell(word), createOutputCapture(redact));
  const stdout = collect();
  const stderr = collect();
  channel.on('data', stdout.push);
  channel.stderr.on('data', stderr.push);
  return { marker, finish: () => ({ stdout: stdout.finish(), stderr: stderr.finish() }) };
}

function collectStream(
  token: string,
  onOutput: (text: string) => void,
  onMarker: (word: string) => void,
  capture: OutputCapture,
) {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  let finished = false;
  const show = (text: string): void => {
    if (text !== '') onOutput(text);
  };
  const marker = createMarkerFilter(token, onMarker, (chunk) => {
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
