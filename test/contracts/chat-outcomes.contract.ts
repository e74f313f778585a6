import { afterAll, beforeAll, describe, expect } from 'vitest';
import { problem } from '#test/support/main-story.ts';
import { type BotOnStage, draftAll, foldAll } from '#test/support/stage/bot-on-stage.ts';
import {
  type Stage,
  waitForButton,
  waitForCard,
  waitForNotice,
  waitOutside,
} from '#test/support/stage/stage.ts';
import { ask, playStory, skipToChange, until, use } from '#test/support/stage/story.ts';
import { createFeatureTests, type Results } from './chat/feature-tests.ts';
import type { Platform } from './chat/features.ts';

/** What comes of it on every chat platform, with the whole bot behind it: one story, other hands. */
export function chatOutcomesContract(
  platform: Platform,
  results: Results,
  open: () => Promise<BotOnStage>,
): void {
  describe(`${platform}: the bot`, () => {
    const feature = createFeatureTests(platform, results);
    let opened: BotOnStage;
    beforeAll(async () => {
      opened = await open();
    });
    afterAll(() => opened?.[Symbol.asyncDispose]());

    feature('the main job', {
      'goes from the question to the folded reaction, and the next answer shows it': () =>
        playStory(opened.stage(), () => foldAll(opened.bot())),
    });
    feature('insights', {
      'are for one person, and with their chart for everybody where the button is pressed': async () => {
        const stage = opened.stage();
        expect(await stage.command('rae', 'insights 7')).toContain('Insights of the last 7 days');
        const own = await waitOutside(stage, 'rae', ({ verbs }) => verbs.includes('insights'));
        expect(own.onlyFor).toBe('rae');
        await stage.press('rae', own, 'insights', '');
        const posted = await waitOutside(stage, 'vic', ({ files }) => files.length > 0);
        expect(posted.files.map(({ name }) => name)).toEqual(['insights.png']);
        expect(
          Buffer.from(posted.files[0]?.base64 ?? '', 'base64')
            .subarray(1, 4)
            .toString(),
        ).toBe('PNG');
        expect(posted.onlyFor).toBeNull();
        expect(posted.words).toMatch(/Insights of the last 7 days.*Figures.*Votes in 7 days/s);
      },
    });
    feature('double presses', {
      'of Approve run a step once, and go on once': async () => {
        const stage = opened.stage();
        const { thread, answer } = await ask(stage, `${problem}, twice`);
        const step = await use(stage, thread, answer);
        await Promise.all([
          stage.press('rae', step, 'approve', thread),
          stage.press('rae', step, 'approve', thread),
        ]);
        await until(stage, thread, step, /succeeded, approved by/);
        const next = await waitForCard(
          stage,
          thread,
          'the next step',
          ({ words, verbs }) => verbs.includes('approve') && /Step 2 of/.test(words),
        );
        await stage.press('rae', next, 'stop', thread);
        await waitForButton(stage, thread, 'worked');
        const words = (await stage.thread(thread, 'ada')).map((card) => card.words);
        for (const number of [1, 2])
          expect(words.filter((text) => text.includes(`Step ${number} of`))).toHaveLength(1);
      },
    });
    feature('restarts', {
      'leave the buttons of every card working': async () => {
        const { thread, answer } = await ask(opened.stage(), `${problem}, before a restart`);
        await opened.restart();
        const step = await use(opened.stage(), thread, answer);
        await opened.restart();
        await opened.stage().press('rae', step, 'approve', thread);
        await until(opened.stage(), thread, step, /succeeded, approved by/);
      },
    });
    feature('approvals', {
      'are refused to who looks on, and to the requester': async () => {
        const stage = opened.stage();
        const { thread, answer } = await ask(stage, `${problem}, for approval`, 'ada');
        await use(stage, thread, answer, 'ada');
        const step = await skipToChange(stage, thread);
        await stage.press('vic', step, 'approve', thread);
        await waitForNotice(stage, thread, 'vic', /needs the role approver/);
        await stage.press('ada', step, 'approve', thread);
        await waitForNotice(stage, thread, 'ada', /You asked for this run/);
        for (const who of ['ben', 'max'] as const) await stage.press(who, step, 'approve', thread);
        await until(stage, thread, step, /succeeded, approved by/);
      },
    });
    feature('bots approve nothing', {
      'even with the role': async () => {
        const stage = opened.stage();
        const { thread, answer } = await ask(stage, `${problem}, approved by a bot`);
        const step = await use(stage, thread, answer);
        await opened.pressAsBot?.(step, thread, 'approve');
        // What comes after it is done after it.
        await stage.press('vic', step, 'approve', thread);
        await waitForNotice(stage, thread, 'vic', /needs the role responder/);
        expect((await until(stage, thread, step, /Waits for/)).verbs).toContain('approve');
      },
    });
    feature('cases', {
      'are saved with what their thread says, become runbooks by a review, and answer then': async () => {
        const stage = opened.stage();
        const thread = await tellOfRelay(stage, 'billing');
        await stage.menu('rae', 'save', thread);
        const form = await stage.form('rae');
        expect(form.fields.resolution).toContain('systemctl restart relay-billing');
        expect(form.fields.steps).toContain('$ systemctl restart relay-billing');
        expect(await form.submit({ title: 'Relay of billing hangs' })).toBeUndefined();
        const saved = await waitForButton(stage, thread, 'make-runbook');
        await stage.press('rae', saved, 'make-runbook', thread);
        expect(await (await stage.form('rae')).submit()).toBeUndefined();
        const waits = await waitForButton(stage, thread, 'review');
        await stage.press('ada', waits, 'review', thread);
        const whole = await waitForButton(stage, thread, 'approve-version', 'ada');
        expect(whole.words).toContain('systemctl restart relay-billing');
        await stage.press('ada', whole, 'approve-version', thread);
        expect(await (await stage.form('ada')).submit({ notes: 'well seen' })).toBeUndefined();
        await until(stage, thread, waits, /well seen/);
        const again = await ask(stage, relayProblem('billing'), 'ben');
        expect(again.answer.words).toContain('Relay of billing hangs');
      },
      'are drafted in their thread where the channel opted in, and kept by one press': async () => {
        const stage = opened.stage();
        await stage.command('max', 'mode auto');
        const thread = await tellOfRelay(stage, 'search');
        await waitForCard(stage, thread, 'the word that it is recorded', ({ words }) =>
          /is recorded/.test(words),
        );
        await draftAll(opened.bot());
        const draft = await waitForButton(stage, thread, 'approve-draft');
        expect(draft.words).toContain('systemctl restart relay-search');
        await stage.press('ada', draft, 'approve-draft', thread);
        await waitForCard(stage, thread, 'the saved case', ({ words }) => /saved this as a case/.test(words));
        await stage.command('max', 'mode suggest');
      },
    });
  });
}

const relayProblem = (name: string): string =>
  `the relay of ${name} is stuck, its queue grows and orders are not delivered`;

/** A thread in which people find out what is wrong, and mend it by hand. */
async function tellOfRelay(stage: Stage, name: string): Promise<string> {
  const thread = await stage.say('rae', relayProblem(name));
  await waitForCard(stage, thread, 'an answer', () => true);
  await stage.say(
    'ben',
    `root cause: the socket of relay-${name} was left half open by the failover`,
    thread,
  );
  await stage.say('ben', `restarted it with \`systemctl restart relay-${name}\`, that fixed it`, thread);
  await stage.say('rae', 'confirmed, orders are delivered again, resolved', thread);
  return thread;
}
