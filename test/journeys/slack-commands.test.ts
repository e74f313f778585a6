import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeWithPeer } from '#test/support/peers.ts';
import { bot, channels, users } from '#test/support/slack/local-slack.ts';
import { createSlackResponder, wordsOf } from '#test/support/slack/responder.ts';
import { asShortcut } from '#test/support/slack/shapes.ts';
import { describeModes, eventually, openTeam, type TestTeam } from '#test/support/slack/team.ts';

const problem = 'disk is filling up on demo-web-01, nginx returns 500';

describeWithPeer('slack', 'everything besides messages and buttons in Slack', () => {
  describeModes((mode) => {
    let team: TestTeam;
    beforeAll(async () => {
      team = await openTeam(mode);
    });
    afterAll(() => team[Symbol.asyncDispose]());

    /** The thread that the bot opened with a message like this. */
    const opening = async (text: string): Promise<string> => {
      const find = async () => (await team.slack.messages()).find((message) => message.text.startsWith(text));
      await eventually(async () => expect(await find()).toBeDefined());
      return (await find())?.ts ?? '';
    };

    it('help shows what this person may do here, and a slip of the keys is understood', async () => {
      const forViewer = await team.command('vic', 'help');
      const forAdmin = await team.command('max', '');
      expect(forViewer).toContain('/recourse ask TEXT');
      expect(forViewer).not.toContain('/recourse run NAME');
      expect(forViewer).toContain('You are a viewer');
      expect(forAdmin).toContain('/recourse run NAME');
      expect(forAdmin).toContain('You are an admin');
      expect(await team.command('vic', 'runboks')).toContain('Did you mean runbooks?');
      expect(await team.command('vic', 'run disk-full')).toContain('run needs the role responder');
    });

    it('ask opens a thread in the channel, with an answer like to a message', async () => {
      expect(await team.command('vic', `ask ${problem}`)).toContain('Asked.');
      const answer = await team.responder.waitForButton(await opening('vic asks:'), 'use');
      expect(wordsOf(answer)).toContain('1. Disk full');
    });

    it('run opens the form of the runbook, and lists others where the name is not one', async () => {
      expect(await team.command('rae', 'run dsk')).toMatch(/No runbook is called/);
      expect(await team.command('rae', 'run disk-full')).toBe('');
      const form = await team.slack.screen.modal();
      team.responder.submit('rae', form, { host: 'no-such-host' });
      await eventually(() => expect(Object.keys(team.slack.screen.errors())).toEqual(['host']));
      team.responder.submit('rae', form, { host: 'demo-web-01' });
      await eventually(() => expect(team.slack.screen.openModals()).toBe(0));
      await team.responder.waitForButton(await opening('rae starts Disk full'), 'approve');
    });

    it('runbooks, runs, insights and save list what there is', async () => {
      expect(await team.command('vic', 'runbooks disk')).toContain('Disk full');
      expect(await team.command('vic', 'runs')).toMatch(/Disk full.* – active, by rae/s);
      expect(await team.command('vic', 'insights')).toContain('Votes in 7 days');
      expect(await team.command('rae', 'save')).toContain('Which thread do you want to save');
      expect(await team.command('vic', 'save')).toContain('save needs the role responder');
    });

    it('role shows roles, and gives them to whom an administrator names by a mention', async () => {
      expect(await team.command('vic', 'role')).toContain('Your role here is viewer.');
      expect(await team.command('vic', `role <@${users.vic}|vic> admin`)).toContain('needs the role admin');
      expect(await team.command('max', `role <@${users.vic}|vic> responder`)).toContain(
        `${users.vic} has the role responder now`,
      );
      expect(await team.command('vic', 'role')).toContain('Your role here is responder.');
      await team.command('max', `role ${users.vic} viewer`);
    });

    it('mode is in force at once: off, mention, quiet hours', async () => {
      const channel = channels.general;
      const { slack } = team;
      const general = createSlackResponder(slack, channel);
      const say = (text: string) => slack.say('rae', text, { channel });
      const mode = (text: string) => team.command('max', `mode ${text}`, channel);
      expect(await team.command('vic', 'mode off', channel)).toContain('needs the role admin');

      expect(await mode('off')).toContain('Mode here: off.');
      const unheard = [await say(problem)];
      const spoken = await say(`<@${bot.user}> ${problem}`);
      const toRae = async () =>
        (await slack.messages(channel)).filter(({ ephemeral_to }) => ephemeral_to === users.rae).map(wordsOf);
      await eventually(async () =>
        expect(await toRae()).toEqual([expect.stringContaining('I am off in this channel')]),
      );
      unheard.push(spoken);
      expect(await mode('mention')).toContain('Mode here: mention.');
      unheard.push(await say(`${problem}, again`));
      await general.waitForButton(await say(`<@${bot.user}> ${problem}, asked`), 'use');
      expect(await mode('suggest quiet 00:00-23:59')).toContain('Quiet from 00:00 to 23:59');
      unheard.push(await say(`${problem}, at night`));
      await general.waitForButton(await say(`<@${bot.user}> ${problem}, at night, asked`), 'use');
      expect(await mode('quiet off')).toContain('No quiet hours');
      await general.waitForButton(await say(`${problem}, by day`), 'use');
      for (const thread of unheard) expect(await general.thread(thread)).toEqual([]);
    });

    it('App Home shows open incidents, what waits, runs and what works', async () => {
      await team.responder.ask(`${problem}, for the page`);
      await team.slack.act('open-home', { user: users.rae });
      const { blocks } = await team.slack.screen.home(users.rae);
      const page = wordsOf({ text: '', blocks: blocks as never });
      for (const part of [
        /Waiting for approval.*Disk full on demo-web-01, .*read-only.*You can decide/s,
        /Your open incidents.*for the page/s,
        /Latest runs.*Disk full/s,
        /What works/,
        /What fails/,
      ])
        expect(page).toMatch(part);
    });

    it('message shortcuts, made of a press by the proxy because the server has none, ask and save', async () => {
      const { slack, responder } = team;
      await team.command('max', 'mode mention');
      const thread = await slack.say('rae', `${problem}, not spoken to`);
      const use = async (callback: 'ask_recourse' | 'save_case') => {
        slack.proxy.reshape = asShortcut(callback);
        const action = { type: 'button', action_id: 'any', block_id: 'b' };
        await slack.act('interact', {
          channel: channels.incidents,
          messageTs: thread,
          user: users.ada,
          action,
        });
        slack.proxy.reshape = undefined;
      };
      await use('ask_recourse');
      await responder.waitForButton(thread, 'use');
      await use('save_case');
      const form = await slack.screen.modal();
      responder.submit('ada', form, { title: ' ', resolution: ' ' });
      await eventually(() => expect(Object.keys(slack.screen.errors())).toEqual(['title', 'resolution']));
      responder.submit('ada', form, { title: 'By shortcut', resolution: 'made room' });
      await responder.waitFor(thread, 'the case', ({ text }) => text === 'Saved as a case: By shortcut');
      await team.command('max', 'mode default');
    });
  });
});
