import { randomBytes } from 'node:crypto';
import type { AttemptFate } from '#ports/remote-shell.ts';
import { inquiryScript } from './inquiry-script.ts';
import { askHost } from './open-channel.ts';
import { recordDays } from './probe-script.ts';
import { readFate } from './read-fate.ts';
import type { Connection } from './run-command.ts';

const answerMs = 10_000;
/** A day less than records are kept: the clocks of both machines may differ. */
const recordedMs = (recordDays - 1) * 86_400_000;

/**
 * Asks the host what became of an attempt, and keeps an attempt of which it knows nothing from beginning any more.
 * Never throws: what cannot be had is `unknown`.
 */
export async function inquireAttempt(
  connection: Connection,
  attempt: string,
  ageMs: number,
): Promise<AttemptFate> {
  const { records } = connection.places;
  if (!/^[A-Za-z0-9-]{1,64}$/.test(attempt)) return unknown('that is no name of an attempt');
  if (records === undefined) return unknown('the host has no place for records');
  if (ageMs > recordedMs) return unknown(`records are kept for ${recordDays} days only`);
  const token = randomBytes(16).toString('hex');
  try {
    const answer = await askHost(connection.client, inquiryScript({ token, attempt, records }), answerMs);
    return readFate(answer, token);
  } catch (error) {
    return unknown(error instanceof Error ? error.message : String(error));
  }
}

function unknown(why: string): AttemptFate {
  return { kind: 'unknown', why };
}
