import { afterAll, beforeAll, expect, it } from 'vitest';
import { problem } from '#test/support/main-story.ts';
import { describeWithPeer } from '#test/support/peers.ts';
import type { SlackMessage, User } from '#test/support/slack/local-slack.ts';
import { wordsOf } from '#test/support/slack/responder.ts';
import type { View } from '#test/support/slack/screen.ts';
import { describeModes, eventually, openTeam, type TestTeam } from '#test/support/slack/team.ts';

describeWithPeer('slack', 'everything that can be pressed in Slack', () => {
  describeModes((mode) => {
    let team: TestTeam;
    beforeAll(async () => {
      team = await openTeam(mode);
    });
    afterAll(() => team[Symbol.asyncDispose]());

    /** The card as it is once it says something. */
    const until = (thread: string, { ts }: SlackMessage, what: RegExp) =>
      team.responder.waitFor(
        thread,
        `${what}`,
        (message) => message.ts === ts && what.test(wordsOf(message)),
      );
    /** Fills the form on top in wrongly, sees what is said beside the field, and then rightly. */
    const fill = async (
      user: User,
      wrong: Readonly<Record<string, string>>,
      right: Readonly<Record<string, string>>,
    ): Promise<View> => {
      const { screen } = team.slack;
      const form = await screen.modal();
      team.responder.submit(user, form, wrong);
      await eventually(() => expect(Object.keys(screen.errors())).toEqual(Object.keys(wrong)));
      team.responder.submit(user, form, right);
      await eventually(() => expect(screen.openModals()).toBe(0));
      return form;
    };
    const use = async (answer: SlackMessage, thread: string) => {
      await team.responder.press('rae', answer, 'use');
      await fill('rae', { host: 'no-such-host' }, {});
      return team.responder.waitForButton(thread, 'approve');
    };

    it('a solution: more of it, set it aside, see others', async () => {
      const { press, ask, waitFor } = team.responder;
      const { thread, answer } = await ask(problem);
      await press('vic', answer, 'more');
      expect(await team.told(thread, 'vic', /What Disk full does/)).toContain('df -h');
      await press('vic', answer, 'dismiss');
      await team.told(thread, 'vic', /your role may only look on/);
      await press('rae', answer, 'dismiss');
      await team.told(thread, 'rae', /Noted: not this one/);
      await press('vic', answer, 'use');
      await team.told(thread, 'vic', /needs the role responder/);
      await press('vic', answer, 'others');
      await waitFor(thread, 'others', (message) => wordsOf(message).includes('Closest, but not sure'));
    });

    it('the closest, where nothing is good enough', async () => {
      const thread = await team.slack.say(
        'rae',
        '<@U0RECOURSE> elasticsearch cluster is red, shards unassigned on es-03',
      );
      const card = await team.responder.waitForButton(thread, 'closest');
      await team.responder.press('vic', card, 'closest');
      await team.responder.waitFor(thread, 'the closest', (message) => wordsOf(message).includes('Maybe:'));
    });

    it('a step: edit, reject, propose again, skip, stop', async () => {
      const { press, ask, waitForButton } = team.responder;
      const { thread, answer } = await ask(`${problem}, steps`);
      const first = await use(answer, thread);
      expect(wordsOf(first)).toMatch(/df -h \S+\/var\/log\n/);

      await press('ada', first, 'edit');
      const edited = await fill('ada', { path: 'not absolute' }, { path: '/var/log/journal' });
      expect(JSON.stringify(edited)).toMatch(/"initial_value":"[^"]+\/var\/log"/);
      await until(thread, first, /replaced by the same step with other values/);
      const second = await waitForButton(thread, 'approve');
      expect(wordsOf(second)).toContain('df -h /var/log/journal');

      await press('vic', second, 'reject');
      await team.told(thread, 'vic', /needs the role responder/);
      await press('rae', second, 'reject');
      await press('rae', await until(thread, second, /rejected by rae/), 'retry');
      const third = await waitForButton(thread, 'approve');
      expect(third.ts).not.toBe(second.ts);
      await press('rae', third, 'skip');
      await until(thread, third, /skipped by rae/);

      await press('vic', await waitForButton(thread, 'approve'), 'stop');
      await team.told(thread, 'vic', /needs the role responder/);
      const fourth = await waitForButton(thread, 'approve');
      await press('rae', fourth, 'stop');
      await until(thread, fourth, /withdrawn with the run/);
      await waitForButton(thread, 'worked');
      // A copy of an old button changes nothing.
      await press('ada', { ...fourth }, 'approve');
      await team.told(thread, 'ada', /Already decided.*skipped/);
    });

    it('the verdict: three votes, reactions of every kind on and off, a comment, a case saved and edited', async () => {
      const { press, ask, react, waitForButton, waitFor } = team.responder;
      const { thread, answer } = await ask(`${problem}, verdict`);
      await press('rae', await use(answer, thread), 'stop');
      const verdict = await waitForButton(thread, 'worked');
      for (const [verb, face] of [
        ['worked', '👍'],
        ['partly', '🤔'],
        ['failed', '👎'],
      ] as const) {
        await press('rae', verdict, verb);
        await until(thread, verdict, new RegExp(`Votes: ${face} rae\\.`));
      }
      await press('vic', verdict, 'worked');
      await team.told(thread, 'vic', /A verdict needs the role responder/);
      for (const [name, face] of [
        ['+1', '👍'],
        ['thumbsup::skin-tone-6', '👍'],
        ['-1::skin-tone-2', '👎'],
        ['thumbsdown', '👎'],
        ['thinking_face', '🤔'],
      ] as const) {
        await react('ada', verdict, name, true);
        await until(thread, verdict, new RegExp(`${face} ada`));
        await react('ada', verdict, name, false);
        await until(thread, verdict, /Votes: 👎 rae\./);
      }

      await press('ben', verdict, 'comment');
      await fill('ben', { comment: '  ' }, { comment: 'rotation had stopped' });
      await until(thread, verdict, /💬 ben: rotation had stopped/);

      await press('ben', verdict, 'save-case');
      const form = await fill(
        'ben',
        { title: ' ', resolution: ' ' },
        { title: 'Rotation stopped', resolution: 'started it' },
      );
      expect(form.title?.text).toBe('Save as case');
      const saved = await waitFor(thread, 'the case', ({ text }) => text.startsWith('Saved as a case'));
      await press('ben', saved, 'save-case');
      await fill('ben', { resolution: ' ' }, { title: 'Rotation had stopped' });
      await waitFor(thread, 'the edited case', ({ text }) => text.includes('Rotation had stopped'));
      const asked = await team.slack.say('rae', '<@U0RECOURSE> Rotation had stopped, disk is filling up');
      expect(wordsOf(await waitForButton(asked, 'use'))).toContain('Rotation had stopped');
    });
  });
});
