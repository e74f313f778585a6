import { randomBytes } from 'node:crypto';
import type { Client } from 'ssh2';
import { killScript, lookScript } from './kill-script.ts';
import { askHost } from './open-channel.ts';

/** The kill script needs at most 4 s; a host that has said nothing by then is not going to confirm. */
const answerMs = 7_000;

/**
 * Ends a process group over a channel of its own, because ssh2's `signal` and `close` leave processes running.
 * True when the host confirms that nobody of the group is left; false when it does not or cannot be asked.
 */
export const stopGroup = (client: Client, group: number): Promise<boolean> =>
  confirms(client, group, killScript);

/** The same of a group that is left to itself. */
export const isGroupGone = (client: Client, group: number): Promise<boolean> =>
  confirms(client, group, lookScript);

async function confirms(
  client: Client,
  group: number,
  script: (token: string, group: number) => string,
): Promise<boolean> {
  const token = randomBytes(16).toString('hex');
  try {
    return (await askHost(client, script(token, group), answerMs)).includes(`${token} gone`);
  } catch {
    return false;
  }
}
