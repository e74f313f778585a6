import { afterAll, beforeAll, expect, it } from 'vitest';
import { bot, channels, guild, people, webhook } from '#test/support/discord/guild.ts';
import { type OpenGuild, openGuild } from '#test/support/discord/open-guild.ts';
import { makeLivelyRunbooks, type Runbooks } from '#test/support/lively-runbooks.ts';
import { problem } from '#test/support/main-story.ts';
import { eventually } from '#test/support/slack/team.ts';
import { waitForButton, waitForCard, waitForNotice } from '#test/support/stage/stage.ts';
import { ask, until, use } from '#test/support/stage/story.ts';

/** Whatever Discord's Markdown could make alive: everybody called, somebody, a role, a channel, a link, an emoji, a time. */
const lively = `@everyone @here <@${people.ada}> <@&700000000000000302> <#${channels.general}> [your bank](https://evil.example/x) https://evil.example <:tada:700000000000000999> <t:1700000000>`;

let runbooks: Runbooks;
let opened: OpenGuild;
beforeAll(async () => {
  runbooks = await makeLivelyRunbooks(lively);
  opened = await openGuild({ RECOURSE_RUNBOOKS: runbooks.folder });
});
afterAll(async () => {
  await opened?.[Symbol.asyncDispose]();
  await runbooks?.[Symbol.asyncDispose]();
});

/** What the bot said in a channel of direct messages. */
const saidDirectly = async ({ discord }: OpenGuild, person: string) =>
  (await discord.screen.messages(await discord.people.direct(person))).filter(
    ({ author }) => author.id === bot.id,
  );

it('an alert that a webhook says in an embed alone is answered in a thread on it', async () => {
  const { discord, stage } = opened;
  const title = '[FIRING:1] HostOutOfDiskSpace: disk is full on demo-web-01, nginx returns 500';
  const id = await discord.people.sayAsWebhook('', channels.incidents, [{ title, type: 'rich' }]);
  const answer = await waitForButton(stage, id, 'use');
  expect(answer.words).toContain('Disk full');
  const thread = await discord.world.twin.prisma.channel.findUniqueOrThrow({ where: { id } });
  expect(thread).toMatchObject({ parentId: channels.incidents, type: 11, autoArchiveDuration: 1440 });
});

it('a webhook approves nothing, also with the role', async () => {
  const { discord, stage } = opened;
  const { thread, answer } = await ask(stage, `${problem}, approved by a webhook`);
  const step = await use(stage, thread, answer);
  const workspace = (await opened.bot().open.core.workspaces.all()).find(
    ({ externalId }) => externalId === guild.id,
  );
  if (!workspace) throw new Error('The bot has not entered the guild');
  await opened
    .bot()
    .open.core.unitOfWork.within(workspace.id, (stores) =>
      stores.people.setRole(webhook, 'hook', 'approver'),
    );
  const card = (await discord.screen.messages(thread)).find(({ id }) => id === step.id);
  if (!card) throw new Error('no card');
  await discord.people.press(webhook, card, 'approve');
  // What comes after it is done after it.
  await stage.press('vic', step, 'approve', thread);
  await waitForNotice(stage, thread, 'vic', /needs the role responder/);
  expect((await until(stage, thread, step, /Waits for/)).verbs).toContain('approve');
});

it('a thread has one answer, an edit mends the question, and with its root the answer is gone', async () => {
  const { stage } = opened;
  const thread = await stage.say('rae', `${stage.mention} elasticsearch cluster is red, shards unassigned`);
  await waitForCard(stage, thread, 'no match', ({ words }) => words.includes('No good match'));
  await stage.say('ada', problem, thread);
  await stage.edit('rae', thread, `${stage.mention} ${problem}`);
  const answer = await waitForButton(stage, thread, 'use');
  expect(await stage.thread(thread, 'rae')).toHaveLength(1);
  await stage.remove('rae', thread);
  await waitForCard(
    stage,
    thread,
    'a closed answer',
    ({ id, verbs }) => id === answer.id && !verbs.includes('use'),
  );
});

it('in a channel that is switched off nothing is heard, and in the next one it is', async () => {
  const { discord, stage } = opened;
  await discord.people.command(people.max, 'mode', { mode: 'off' }, channels.general);
  const unheard = await discord.people.say(people.rae, problem, channels.general);
  await ask(stage, `${problem}, in the next channel`);
  expect(await stage.thread(unheard.id, 'rae')).toEqual([]);
});

it('direct messages are not heard unless they are switched on', async () => {
  const { discord, stage } = opened;
  await discord.people.say(people.ben, problem, await discord.people.direct(people.ben));
  await ask(stage, `${problem}, where it is heard`, 'ben');
  expect(await saidDirectly(opened, people.ben)).toEqual([]);
});

it('nothing of a question, a runbook, an output or a case is alive in what the server stored', async () => {
  const { stage } = opened;
  const { thread, answer } = await ask(stage, `gizmo relay prints too much on demo-web-01 ${lively}`);
  await stage.press('rae', answer, 'more', thread);
  await waitForNotice(stage, thread, 'rae', /Gizmo relay prints too much/);
  const step = await use(stage, thread, answer);
  await stage.press('rae', step, 'approve', thread);
  const verdict = await waitForButton(stage, thread, 'worked');
  const output = await waitForCard(stage, thread, 'the output', ({ files }) => files.length > 0);
  expect(output.files[0]?.name).toBe('step-1-output.txt');
  expect(output.files[0]?.text.length).toBeGreaterThan(13_000);

  await stage.press('rae', verdict, 'comment', thread);
  expect(await (await stage.form('rae')).submit({ comment: lively })).toBeUndefined();
  await until(stage, thread, verdict, /💬/);
  await stage.press('rae', verdict, 'save-case', thread);
  const entered = { title: `Gizmo ${lively}`.slice(0, 100), resolution: lively };
  expect(await (await stage.form('rae')).submit(entered)).toBeUndefined();
  await waitForCard(stage, thread, 'the case', ({ words }) => words.includes('saved this as a case'));

  const said = await stage.thread(thread, 'rae');
  expect(said.length).toBeGreaterThan(4);
  // The bot names the person who saved a case, and nothing else.
  for (const { alive } of said) expect(alive.filter((one) => one !== `<@${people.rae}>`)).toEqual([]);
});

it('switched on, a direct message of a member is answered by a reply to it, without a mention', async () => {
  await using own = await openGuild({ DISCORD_DIRECT_MESSAGES: guild.id });
  const { people: acting } = own.discord;
  const asked = await acting.say(people.rae, problem, await acting.direct(people.rae));
  await eventually(async () => expect(await saidDirectly(own, people.rae)).toHaveLength(1), 20_000);
  const [answer] = await saidDirectly(own, people.rae);
  expect(answer?.message_reference).toMatchObject({ message_id: asked.id });
  expect(answer?.content).toContain('Disk full');
  expect(own.discord.proxy.calls.filter(({ path }) => path.endsWith('/threads'))).toEqual([]);
});
