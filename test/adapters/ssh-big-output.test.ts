import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeWithPeer } from '#test/support/peers.ts';
import { hostAt } from '#test/support/remote-host.ts';
import { startSshd, type TestSshd } from '#test/support/sshd.ts';
import { hardOutputs, measureOutput } from '../../bench/ssh/measure-output.ts';

/** A slice; `npm run test:output` lets a whole gigabyte come. */
const megabytes = Number(process.env.RECOURSE_CAMPAIGN_MEGABYTES ?? 100);
const size = megabytes * 1_000_000;
const mostOverIdleMB = 64;
const patienceMs = 900_000;

describeWithPeer('sshd', `an output of ${megabytes} MB`, () => {
  let sshd: TestSshd;
  beforeAll(async () => {
    sshd = await startSshd();
  });
  afterAll(() => sshd?.stop());

  it.each(Object.entries(hardOutputs))(
    'of %s comes whole, is kept in bounds and takes little memory',
    async (what, command) => {
      const figures = await measureOutput(hostAt(sshd), command(size));
      // Printed, not judged: a busy machine must not fail a test.
      console.log(
        `${megabytes} MB of ${what}: ${figures.overIdleMB.toFixed(0)} MB over idle, event loop p99 ${figures.eventLoopP99Ms.toFixed(0)} ms, ${figures.seconds.toFixed(1)} s`,
      );
      expect(figures).toMatchObject({ kind: 'exited', bytes: size });
      expect(figures.kept).toBeLessThan(257 * 1024);
      expect(figures.overIdleMB).toBeLessThan(mostOverIdleMB);
    },
    patienceMs,
  );
});
