import type { AttemptFate } from '#ports/remote-shell.ts';
import { inquireAttempt } from './inquire-attempt.ts';
import type { Connection } from './run-command.ts';
import { stopGroup } from './stop-group.ts';

/**
 * Ends the group of an attempt that still runs, as its record names it, and tells what the host knows after that. Where the host
 * cannot tell whether the group is still the same one, nobody is ended: it may be somebody else's.
 */
export async function endAttempt(
  connection: Connection,
  attempt: string,
  ageMs: number,
): Promise<AttemptFate> {
  const fate = await inquireAttempt(connection, attempt, ageMs);
  if (fate.kind !== 'running' || !fate.isSure) return fate;
  await stopGroup(connection.client, fate.group);
  return inquireAttempt(connection, attempt, ageMs);
}
