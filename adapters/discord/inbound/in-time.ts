import { setTimeout as sleep } from 'node:timers/promises';

/** Discord wants its first answer within three seconds; this much of them may pass before the answer is on its way. */
const patienceMs = 1500;

/** What `work` gives; undefined when that takes longer than somebody who waits for a first answer can. */
export function inTime<T>(work: Promise<T>): Promise<T | undefined> {
  return Promise.race([work, sleep(patienceMs, undefined, { ref: false })]);
}
