import { stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { Fault } from '#domain/fault.ts';
import type { CredentialProvider } from '#ports/credential-provider.ts';

/** Keys that an SSH agent holds: the one at the socket that is named, or else at `usual`. */
export function createAgentProvider(usual: string | null): CredentialProvider {
  return {
    load: async (_workspace, place) => {
      const socket = place === '' ? usual : place.replace(/^~(?=\/)/, homedir());
      const advice =
        'Start one with ssh-agent, add the key with ssh-add, and set SSH_AUTH_SOCK or write agent:/SOCKET.';
      if (socket === null) throw new Fault('configuration', 'agent-unset', 'No SSH agent is known.', advice);
      const found = await stat(socket).catch(() => undefined);
      if (found?.isSocket()) return { kind: 'agent', socket };
      throw new Fault('unavailable', 'agent-away', `No SSH agent listens at ${socket}.`, advice);
    },
  };
}
