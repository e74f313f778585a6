import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { bot } from '#test/support/slack/local-slack.ts';

/** What the Slack server stored, as it told its own page: a message, or the new text of one. */
export interface Stored {
  readonly change: 'new' | 'edit';
  readonly channel: string;
  readonly ts: string;
  readonly thread: string | null;
  readonly text: string;
  readonly byBot: boolean;
  /** On the clock of `performance.now()`. */
  readonly at: number;
}

export interface ServerWatch {
  /** In the server's order; what only one person sees is not in it. */
  readonly stored: readonly Stored[];
  /** Waits until `accept` holds; false when it did not within `patienceMs`. */
  until(accept: () => boolean, patienceMs: number): Promise<boolean>;
  close(): void;
}

interface Frame {
  readonly t: string;
  readonly message?: {
    readonly ts: string;
    readonly channel: string;
    readonly thread_ts?: string;
    readonly user?: string;
    readonly text: string;
    readonly ephemeral_to?: string;
  };
}

/** Listens where the server's page does, so that both ends of a time are the server's own word. */
export async function watchServer(address: string): Promise<ServerWatch> {
  const socket = new WebSocket(`ws://${address}/ui`);
  const stored: Stored[] = [];
  socket.addEventListener('message', ({ data }) => {
    const { t, message } = JSON.parse(String(data)) as Frame;
    if ((t !== 'message' && t !== 'message_update') || !message || message.ephemeral_to) return;
    const { channel, ts, text, thread_ts, user } = message;
    const change = t === 'message' ? 'new' : 'edit';
    const thread = thread_ts ?? null;
    stored.push({ change, channel, ts, thread, text, byBot: user === bot.user, at: performance.now() });
  });
  await once(socket, 'open');
  return {
    stored,
    until: async (accept, patienceMs) => {
      const deadline = performance.now() + patienceMs;
      while (!accept() && performance.now() < deadline) await sleep(5);
      return accept();
    },
    close: () => socket.close(),
  };
}
