import { afterAll, beforeAll, expect, it } from 'vitest';
import { problem } from '#test/support/main-story.ts';
import { describeWithPeer } from '#test/support/peers.ts';
import { bot, channels, type SlackMessage, users } from '#test/support/slack/local-slack.ts';
import { createSlackResponder, wordsOf } from '#test/support/slack/responder.ts';
import { account, asMessage } from '#test/support/slack/shapes.ts';
import { workspaceOf } from '#test/support/slack/story.ts';
import { describeModes, lively, openTeam, type TestTeam } from '#test/support/slack/team.ts';

describeWithPeer('slack', 'what is heard in Slack and what is not obeyed', () => {
  describeModes((mode) => {
    let team: TestTeam;
    beforeAll(async () => {
      team = await openTeam(mode);
    });
    afterAll(() => team[Symbol.asyncDispose]());
    const mine = (messages: readonly SlackMessage[]) => messages.filter(({ user }) => user === bot.user);

    it('a direct message is answered without a mention', async () => {
      const said = await team.slack.act('message', { user: users.rae, channel: bot.user, text: problem });
      const { channel, ts } = said.message as { channel: string; ts: string };
      await createSlackResponder(team.slack, channel).waitForButton(ts, 'use');
    });

    it('an alert bot that says it in attachments and blocks alone, which the server cannot send by itself', async () => {
      const { slack, responder } = team;
      const alert = (fields: Readonly<Record<string, unknown>>) => ({
        subtype: 'bot_message',
        bot_id: 'B0ALERTS',
        user: undefined,
        username: 'Alertmanager',
        text: '',
        ...fields,
      });
      const title = 'HostOutOfDiskSpace: disk is full on demo-web-01, nginx returns 500';
      const shapes = [
        { attachments: [{ title: `[FIRING:1] ${title}`, color: 'danger', fallback: 'alert' }] },
        { blocks: [{ type: 'section', text: { type: 'mrkdwn', text: `*${title}* on /srv` } }] },
      ];
      for (const shape of shapes) {
        slack.proxy.reshape = asMessage(alert(shape));
        const thread = await slack.say('vic', 'reshaped');
        slack.proxy.reshape = undefined;
        expect(wordsOf(await responder.waitForButton(thread, 'use'))).toContain('Disk full');
      }
    });

    it('a thread has one answer, an edit mends the question, and with its root the answer is gone', async () => {
      const { slack, responder } = team;
      const channel = channels.incidents;
      const ts = await slack.say('rae', `<@${bot.user}> elasticsearch cluster is red, shards unassigned`);
      await responder.waitFor(ts, 'no match', ({ text }) => text.startsWith('No good match'));
      await slack.say('ada', problem, { thread: ts });
      await slack.act('edit-message', { channel, ts, user: users.rae, text: `<@${bot.user}> ${problem}` });
      const answer = await responder.waitForButton(ts, 'use');
      expect(mine(await responder.thread(ts))).toHaveLength(1);
      await slack.act('delete-message', { channel, ts, user: users.rae });
      await responder.waitFor(
        ts,
        'a closed answer',
        (one) => one.ts === answer.ts && !responder.hasButton(one, 'use'),
      );
    });

    it.each([
      ['a guest', { is_restricted: true }, /needs the role approver/],
      ['a closed account', { deleted: true }, /needs the role responder/],
      [
        'somebody of another organisation',
        { is_stranger: true, team_id: 'T99ELSE' },
        /needs the role respond/,
      ],
    ])(
      'an approval of %s, which the proxy says because the server knows none, is refused',
      async (what, about, why) => {
        const { slack, responder } = team;
        // Each an account of its own: what Slack said of somebody counts for five minutes.
        const id = `U1${what.toUpperCase().replaceAll(/\W/g, '')}`;
        const { id: workspace } = await workspaceOf(team.bot);
        await team.bot.open.core.unitOfWork.within(workspace, ({ people }) =>
          people.setRole(id, what, 'approver'),
        );
        slack.proxy.rules = [account(id, about)];
        const { thread, answer } = await responder.ask(`${problem}, for ${what}`);
        await responder.press('rae', answer, 'use');
        responder.submit('rae', await slack.screen.modal());
        for (let step = 1; ; step += 1) {
          const card = await responder.waitForButton(thread, 'approve');
          const isChange = !wordsOf(card).includes('read-only');
          if (isChange || what !== 'a guest') {
            await responder.pressAs(id, card, 'approve');
            await responder.waitFor(
              thread,
              `the refusal of ${what}`,
              (one) => one.ephemeral_to === id && why.test(wordsOf(one)),
            );
            await responder.press('rae', card, 'stop');
            break;
          }
          await responder.press('rae', card, 'skip');
          await responder.waitFor(thread, 'the next step', (one) =>
            wordsOf(one).includes(`Step ${step + 1} of`),
          );
        }
      },
    );

    it('nothing of a question, a runbook, an output or a case is alive in what the server stored', async () => {
      const { slack, responder } = team;
      const { thread, answer } = await responder.ask(`gizmo relay prints too much on demo-web-01 ${lively}`);
      await responder.press('rae', answer, 'more');
      await team.told(thread, 'rae', /What Gizmo relay prints too much does/);
      await responder.press('rae', answer, 'use');
      responder.submit('rae', await slack.screen.modal());
      await responder.press('rae', await responder.waitForButton(thread, 'approve'), 'approve');
      const verdict = await responder.waitForButton(thread, 'worked');
      const output = await responder.waitFor(thread, 'the output', ({ files }) => files !== undefined);
      expect(output.files).toMatchObject([{ name: 'step-1-output.txt' }]);
      expect(Number(output.files?.[0]?.size)).toBeGreaterThan(13_000);

      await responder.press('rae', verdict, 'comment');
      responder.submit('rae', await slack.screen.modal(), { comment: lively });
      await responder.waitFor(thread, 'the comment', (one) => wordsOf(one).includes('💬'));
      await responder.press('rae', verdict, 'save-case');
      responder.submit('rae', await slack.screen.modal(), { title: `Gizmo ${lively}`, resolution: lively });
      await responder.waitFor(thread, 'the case', ({ text }) => text.startsWith('Saved as a case'));

      const said = mine(await responder.thread(thread));
      expect(said.length).toBeGreaterThan(4);
      for (const message of said) expect(aliveIn(message)).toEqual([]);
    });
  });
});

/** What Slack would make more than text of: entities in the text, and elements of the blocks. */
function aliveIn({ text, blocks, files }: SlackMessage): readonly string[] {
  const entities = text.match(/<[@#!a-z][^>]*>|@(channel|here|everyone)\b(?!>)/gi) ?? [];
  return [...(files ? [] : entities.filter((one) => one.startsWith('<'))), ...elementsIn(blocks ?? [])];
}

/** The bot names the person who saved a case, and nothing else. */
function elementsIn(piece: unknown): readonly string[] {
  if (typeof piece !== 'object' || piece === null) return [];
  const { type, user_id } = piece as { type?: unknown; user_id?: unknown };
  const alive = ['broadcast', 'usergroup', 'channel', 'emoji', 'image', 'link', 'mrkdwn'].includes(
    String(type),
  );
  const isNamed = type === 'user' && user_id !== users.rae;
  return [...(alive || isNamed ? [JSON.stringify(piece)] : []), ...Object.values(piece).flatMap(elementsIn)];
}
