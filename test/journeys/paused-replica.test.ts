import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { BotProcess } from '#test/support/bot-process.ts';
import {
  arm,
  type CrashStage,
  openCrashStage,
  problems,
  type Round,
} from '#test/support/crash/crash-stage.ts';
import { lost, propose } from '#test/support/crash/crash-story.ts';
import type { Moment } from '#test/support/crash/moments.ts';
import { describeWithPeer } from '#test/support/peers.ts';
import { textOf } from '#test/support/playground-client.ts';
import { createResponder, type Responder } from '#test/support/responder.ts';

/** In `npm run test:crash` leases run out by themselves; else they are made to. */
const inRealTime = process.env.RECOURSE_CAMPAIGN_CRASHES !== undefined;
const patienceMs = 90_000;

describeWithPeer('sshd', 'one of two bots that is stopped and wakes up', () => {
  describeWithPeer('postgres', 'on one database', (serverUrl) => {
    let stage: CrashStage;
    beforeAll(async () => {
      stage = await openCrashStage(serverUrl);
    });
    afterAll(() => stage?.[Symbol.asyncDispose]());

    it('sends nothing of what it had begun, once a person has chosen', async () => {
      await using own = await stage.open(0);
      const { sleeper, awake, thread } = await putToSleep(own, 'begun');
      await awake.waitFor(thread, 'that it is unknown', says(lost));
      await awake.waitFor(thread, 'what the host knows', says('never began there'));
      await awake.press('rae', thread, await awake.waitForButton(thread, 'retry'), 'retry');
      await awake.approve(thread, ['ada']);
      expect(own.times('change')).toBe(1);
      const verify = await awake.waitForButton(thread, 'approve');
      wake(sleeper);
      await awake.waitFor(thread, 'what the sleeper has to say', says('Somebody had chosen by then'));
      const all = await settled(awake, thread);
      expect(own.times('change')).toBe(1);
      expect(all.filter((text) => text.includes(lost))).toHaveLength(1);
      expect(all.filter((text) => text.includes('came late'))).toHaveLength(1);
      expect(all.filter((text) => text.startsWith('Step 2 of 2'))).toEqual([verify.reply.summary]);
    });

    it('settles what ended meanwhile, while nobody has chosen, and goes on once', async () => {
      await using own = await stage.open(0);
      const { sleeper, awake, thread } = await putToSleep(own, 'output');
      await awake.waitFor(thread, 'that it is unknown', says(lost));
      await awake.waitFor(thread, 'what the host knows', says('exit code 0'));
      wake(sleeper);
      await awake.waitFor(thread, 'the late result', says('came late: succeeded'));
      await awake.waitForButton(thread, 'approve');
      const all = await settled(awake, thread);
      expect(own.times('change')).toBe(1);
      expect(all.filter((text) => text.includes('came late'))).toHaveLength(1);
      expect(all.filter((text) => text.startsWith('Step 2 of 2'))).toHaveLength(1);
    });

    it('posts nothing that another has posted', async () => {
      await using own = await stage.open(0);
      const { sleeper, awake, thread } = await putToSleep(own, 'posting');
      await awake.waitFor(
        thread,
        'the end of the step',
        ({ reply }) =>
          reply.summary.startsWith('Step 1') && reply.tone !== 'waiting' && reply.tone !== 'active',
      );
      const before = await settled(awake, thread);
      wake(sleeper);
      await sleep(3000);
      expect(await settled(awake, thread)).toEqual(before);
      expect(own.times('change')).toBeLessThanOrEqual(1);
    });
  });
});

/** A bot that is stopped on the way of a change, and another one that goes on. */
async function putToSleep(own: Round, moment: Moment) {
  const dying = await own.start('dying');
  const { child: sleeper, url } = dying;
  const before = createResponder(url, patienceMs);
  const thread = await propose(before, problems.change);
  const card = await before.waitForButton(thread, 'approve');
  await arm(dying, { moment, spare: 0, afterMs: 0, signal: 'SIGSTOP' });
  // Who is stopped need not have answered.
  const pressed = before.press('ada', thread, card, 'approve').catch(() => undefined);
  await expect.poll(() => isStopped(sleeper), { timeout: patienceMs, interval: 20 }).toBe(true);
  const other = await own.start('plain', { RECOURSE_DATA_DIR: `${own.data}-other` });
  if (!inRealTime) await own.lapse();
  return { sleeper, pressed, thread, awake: createResponder(other.url, patienceMs) };
}

function isStopped({ pid }: BotProcess['child']): boolean {
  return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.startsWith('T') ?? false;
}

const wake = (sleeper: BotProcess['child']): void => void sleeper.kill('SIGCONT');

const says =
  (text: string) =>
  ({ reply }: { readonly reply: Parameters<typeof textOf>[0] }): boolean =>
    textOf(reply).includes(text);

/** What the thread says once nothing is added to it any more. */
async function settled(awake: Responder, thread: string): Promise<readonly string[]> {
  for (let before = ''; ; await sleep(1500)) {
    const all = (await awake.replies(thread)).map(({ reply }) => reply.summary);
    if (JSON.stringify(all) === before) return all;
    before = JSON.stringify(all);
  }
}
