import type { ClientChannel } from 'ssh2';

/** How the remote side ended; `vanished` when the channel closed without a word about it. */
export type ChannelEnd =
  | { readonly kind: 'exited'; readonly exitCode: number }
  | { readonly kind: 'killed'; readonly signal: string }
  | { readonly kind: 'vanished' };

/** How long output may still trickle in after the exit, before a background process is taken for its source. */
const quietMs = 3_000;

/**
 * Resolves once the exit is known and all output has come. A process left in the background may hold the channel
 * open for ever: then silence ends the wait.
 */
export function watchChannel(channel: ClientChannel): Promise<ChannelEnd> {
  return new Promise((resolve) => {
    let end: ChannelEnd = { kind: 'vanished' };
    let quiet: NodeJS.Timeout | undefined;
    let open = 2;
    const finish = (): void => {
      clearTimeout(quiet);
      resolve(end);
    };
    const closed = (): void => {
      open -= 1;
      if (open === 0) finish();
    };
    const stirred = (): void => {
      quiet?.refresh();
    };
    channel.once('exit', (code: number | null, signal?: string) => {
      end =
        code === null ? { kind: 'killed', signal: signal ?? 'SIGKILL' } : { kind: 'exited', exitCode: code };
      quiet = setTimeout(finish, quietMs);
    });
    channel.on('data', stirred);
    channel.stderr.on('data', stirred);
    channel.once('close', closed);
    channel.stderr.once('close', closed);
    // The close that follows tells what matters; without a listener the error would end the process.
    channel.on('error', () => undefined);
  });
}
