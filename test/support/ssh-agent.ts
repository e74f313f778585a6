import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';

export type Agent = {
  readonly socket: string;
  /** Gives it a private key, with the certificate beside it if there is one. */
  readonly add: (path: string) => Promise<void>;
  readonly stop: () => Promise<void>;
};

/** A real ssh-agent that listens on `socket`. */
export const startAgent = async (socket: string): Promise<Agent> => {
  const child: ChildProcess = spawn('ssh-agent', ['-D', '-a', socket], { stdio: 'ignore' });
  while (!existsSync(socket)) await delay(20);
  return {
    socket,
    add: async (path) => {
      execFileSync('ssh-add', ['-q', path], { env: { ...process.env, SSH_AUTH_SOCK: socket } });
    },
    stop: async () => {
      const ended = once(child, 'exit');
      child.kill();
      await ended;
    },
  };
};
