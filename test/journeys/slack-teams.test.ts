import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { expect, it } from 'vitest';
import { inWorkspace } from '#adapters/postgres/in-workspace.ts';
import { readRows } from '#adapters/postgres/read-rows.ts';
import type { WorkspaceId } from '#domain/ids.ts';
import { slackBotToken } from '#ports/secret-store.ts';
import { createMigratedDatabase } from '#test/support/fresh-database.ts';
import { problem } from '#test/support/main-story.ts';
import { describeWithPeer } from '#test/support/peers.ts';
import { channels, users } from '#test/support/slack/local-slack.ts';
import { buttonsOf, createSlackResponder, wordsOf } from '#test/support/slack/responder.ts';
import { openTwoTeams, type TeamName, teams } from '#test/support/slack/two-teams.ts';
import type { TestBot } from '#test/support/start-bot.ts';

const workspaceOf = async ({ open }: TestBot, team: TeamName) => {
  const found = (await open.core.workspaces.all()).find(({ externalId }) => externalId === teams[team].id);
  if (!found) throw new Error(`The bot does not know team ${team}`);
  return found;
};
const farewell = (team: TeamName, event: Readonly<Record<string, unknown>>) => ({
  type: 'event_callback',
  team_id: teams[team].id,
  event_id: `Ev-${team}`,
  event,
});
const auditOfSecrets = ({ open }: TestBot, workspace: WorkspaceId) =>
  inWorkspace(open.database.database, workspace, (executor) =>
    readRows(
      executor,
      sql`select actor, event, details->>'why' as why from audit_entries
        where event like 'secret.%' order by sequence`,
    ),
  );
const newKey = () => randomBytes(32).toString('base64');

describeWithPeer(
  'slack',
  'two teams with one bot (its server knows no OAuth, which the test answers)',
  () => {
    it('are answered with their own tokens, and an id of one means nothing in the other', async () => {
      await using stack = new AsyncDisposableStack();
      const world = await openTwoTeams(stack);
      const bot = await world.start({ RECOURSE_SANDBOX: 'on' });
      stack.defer(bot.stop);
      world.reach(bot);
      expect(await world.doctor(bot)).toMatchObject([{ name: 'slack teams', status: 'warning' }]);
      expect(await world.install(bot, 'one')).toContain('installed into Team One');
      expect(await world.install(bot, 'two')).toContain('installed into Team Two');
      expect((await world.doctor(bot)).filter(({ status }) => status !== 'ok')).toEqual([]);

      const [one, two] = [createSlackResponder(world.one), createSlackResponder(world.two)];
      const [asked] = await Promise.all([one.ask(problem), two.ask(problem)]);
      const posts = world.switchboard.calls.filter(({ method }) => method === 'chat.postMessage');
      expect(new Set(posts.map(({ token }) => token))).toEqual(
        new Set(Object.values(teams).map(({ botToken }) => botToken)),
      );

      await one.press('ada', asked.answer, 'use');
      one.submit('ada', await world.one.screen.modal());
      const card = await one.waitForButton(asked.thread, 'approve');
      const approve = buttonsOf(card).find(({ action_id }) => action_id.startsWith('approve:'));
      const press = {
        type: 'block_actions',
        team: { id: teams.two.id },
        user: { id: users.ada },
        channel: { id: channels.incidents },
        container: { message_ts: card.ts },
        message: { ts: card.ts },
        actions: [{ action_id: approve?.action_id, action_ts: '1' }],
      };
      expect(await world.deliver(bot, press)).toBe(200);
      const told = async () => (await world.two.messages()).map(wordsOf).join('\n');
      await expect.poll(told).toContain('This step is gone.');
      const [now] = (await one.thread(asked.thread)).filter(({ ts }) => ts === card.ts);
      expect(now && one.hasButton(now, 'approve')).toBe(true);
      // A team that never installed the app is told that all is well, and nothing happens.
      expect(await world.deliver(bot, { ...press, team: { id: 'T03THREE' } })).toBe(200);
    });

    it('keep their data when they uninstall the app, and are answered again once they install it again', async () => {
      await using stack = new AsyncDisposableStack();
      const world = await openTwoTeams(stack);
      const bot = await world.start();
      stack.defer(bot.stop);
      world.reach(bot);
      await world.install(bot, 'one');
      const responder = createSlackResponder(world.one);
      await responder.ask(problem);
      const { id } = await workspaceOf(bot, 'one');
      const { secrets } = bot.open;
      const goodbye = farewell('one', { type: 'app_uninstalled' });

      // Told late, or by mistake: the token works, so Slack is asked to tell again.
      expect(await world.deliver(bot, goodbye)).toBe(503);
      // A person's token is none of the bot's.
      const personal = farewell('one', { type: 'tokens_revoked', tokens: { oauth: [users.rae] } });
      expect(await world.deliver(bot, personal)).toBe(200);
      expect(await secrets.get(id, slackBotToken)).toBe(teams.one.botToken);

      world.switchboard.teams.delete(teams.one.botToken);
      const revoked = farewell('one', { type: 'tokens_revoked', tokens: { bot: ['U0RECOURSE'] } });
      const all = await Promise.all([goodbye, goodbye, revoked].map((event) => world.deliver(bot, event)));
      expect(all).toEqual([200, 200, 200]);
      expect(await secrets.list(id)).toEqual([]);
      expect(await workspaceOf(bot, 'one')).toMatchObject({ id, installation: { state: 'uninstalled' } });
      expect(await world.doctor(bot)).toMatchObject([{ message: expect.stringContaining('uninstalled on') }]);
      const why = expect.stringMatching(/^(app_uninstalled|tokens_revoked)$/);
      expect(await auditOfSecrets(bot, id)).toEqual([
        { actor: users.ada, event: 'secret.stored', why: 'app_installed' },
        { actor: 'slack', event: 'secret.removed', why },
      ]);

      const again = ['xoxb', 'of', 'team', 'one', 'again'].join('-');
      expect(await world.install(bot, 'one', again)).toContain('installed into Team One');
      expect((await workspaceOf(bot, 'one')).id).toBe(id);
      world.switchboard.calls.length = 0;
      await responder.ask(`${problem} again`);
      expect(world.switchboard.calls.find(({ method }) => method === 'chat.postMessage')?.token).toBe(again);
    });

    it('are open again after a restart; with another key doctor says what to do, and installing again helps', async () => {
      await using stack = new AsyncDisposableStack();
      const world = await openTwoTeams(stack);
      const folder = await mkdtemp(join(tmpdir(), 'recourse-teams-'));
      stack.defer(() => rm(folder, { recursive: true, force: true }));
      const start = async (key: string) => {
        const bot = await world.start({ RECOURSE_DATA_DIR: folder, RECOURSE_KEK: key });
        world.reach(bot);
        return bot;
      };
      const key = newKey();
      const first = await start(key);
      await world.install(first, 'one');
      await first.close();

      const responder = createSlackResponder(world.one);
      const second = await start(key);
      await responder.ask(problem);
      await second.close();

      const third = await start(newKey());
      stack.defer(third.stop);
      expect(await world.doctor(third)).toMatchObject([
        {
          status: 'failed',
          message: expect.stringContaining('was locked with the key'),
          advice: expect.stringContaining('RECOURSE_KEK'),
        },
      ]);
      expect(await world.install(third, 'one')).toContain('installed into Team One');
      await responder.ask(`${problem} again`);
    });
  },
);

describeWithPeer('slack', 'two replicas of a bot that teams install', () => {
  describeWithPeer('postgres', 'on one database', (serverUrl) => {
    it('learn from each other who installed it and who gave it up', async () => {
      await using stack = new AsyncDisposableStack();
      const world = await openTwoTeams(stack);
      const database = await createMigratedDatabase(serverUrl);
      stack.defer(database.drop);
      const environment = { DATABASE_URL: database.url, RECOURSE_KEK: newKey() };
      const bot = await world.start(environment);
      stack.defer(bot.stop);
      const other = await world.start({ ...environment, RECOURSE_DATA_DIR: bot.dataDirectory });
      stack.defer(() => other.close());

      await world.install(bot, 'one');
      // The first request of the team goes to the replica that has not heard of it.
      world.reach(other);
      const responder = createSlackResponder(world.one);
      await responder.ask(problem);

      world.switchboard.teams.delete(teams.one.botToken);
      const goodbye = farewell('one', { type: 'app_uninstalled' });
      expect(await world.deliver(bot, goodbye)).toBe(200);
      const again = ['xoxb', 'of', 'team', 'one', 'again'].join('-');
      await world.install(bot, 'one', again);
      // Both connect with the new token, the other one because it looks from time to time.
      const connected = () =>
        world.switchboard.calls.filter(({ method, token }) => method === 'auth.test' && token === again)
          .length;
      await expect.poll(connected, { timeout: 15_000 }).toBe(2);
      await responder.ask(`${problem} again`);
    });
  });
});
