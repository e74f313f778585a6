import { setTimeout as sleep } from 'node:timers/promises';

/** False when `accept` did not come to hold within `patienceMs`. */
export async function waitUntil(accept: () => boolean, patienceMs: number): Promise<boolean> {
  const deadline = performance.now() + patienceMs;
  while (!accept() && performance.now() < deadline) await sleep(5);
  return accept();
}
