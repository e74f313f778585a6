import { afterAll, beforeAll, expect, it } from 'vitest';
import { asShown } from '#test/support/discord/as-shown.ts';
import { channels, guild, otherChannel, otherGuild, people } from '#test/support/discord/guild.ts';
import { type OpenGuild, openGuild } from '#test/support/discord/open-guild.ts';
import { wordsOf } from '#test/support/discord/screen.ts';
import { guildWorkspace } from '#test/support/discord/start-discord-bot.ts';
import { problem } from '#test/support/main-story.ts';
import { eventually } from '#test/support/slack/team.ts';
import { waitForButton, waitForCard } from '#test/support/stage/stage.ts';
import { ask } from '#test/support/stage/story.ts';

let opened: OpenGuild;
beforeAll(async () => {
  opened = await openGuild({
    RECOURSE_ADMINS: [guild, otherGuild].map(({ id }) => `discord:${id}/${people.max}`).join(),
  });
});
afterAll(() => opened[Symbol.asyncDispose]());

/** The thread that the bot opened with a message like this. */
const opening = async (text: string): Promise<string> => {
  const find = async () =>
    (await opened.discord.screen.messages(channels.incidents)).find((one) =>
      asShown(wordsOf(one)).includes(text),
    );
  await eventually(async () => expect(await find()).toBeDefined());
  return (await find())?.id ?? '';
};

it('help shows what this person may do here', async () => {
  const { stage } = opened;
  const forViewer = await stage.command('vic', 'help');
  expect(forViewer).toContain('/recourse ask');
  expect(forViewer).toContain('You are a viewer');
  expect(await stage.command('max', 'help')).toContain('You are an admin');
  expect(await stage.command('vic', 'run disk-full')).toContain('run needs the role responder');
});

it('ask opens a thread in the channel, with an answer like to a message', async () => {
  expect(await opened.stage.command('vic', `ask ${problem}`)).toContain('Asked.');
  const answer = await waitForButton(opened.stage, await opening(`<@${people.vic}> asks:`), 'use');
  expect(answer.words).toContain('1. Disk full');
});

it('run suggests names, opens the form of the runbook, and lists others where the name is not one', async () => {
  const { stage } = opened;
  expect(await stage.suggestions('rae', 'disk')).toContain('disk-full');
  expect(await stage.suggestions('vic', 'disk')).toEqual([]);
  expect(await stage.command('rae', 'run dsk')).toMatch(/No runbook is called/);
  expect(await stage.command('rae', 'run disk-full')).toBe('');
  expect(await (await stage.form('rae')).submit({ host: 'no-such-host' })).toMatch(/no-such-host|No host/i);
  expect(await (await stage.form('rae')).submit({ host: 'demo-web-01' })).toBeUndefined();
  await waitForButton(stage, await opening(`<@${people.rae}> starts Disk full`), 'approve');
});

it('runbooks, runs, insights and save list what there is', async () => {
  const { stage } = opened;
  expect(await stage.command('vic', 'runbooks disk')).toContain('Disk full');
  expect(await stage.command('vic', 'runs')).toMatch(/Disk full.* – active, by rae/s);
  expect(await stage.command('vic', 'insights')).toContain('Votes in 7 days');
  expect(await stage.command('rae', 'save')).toContain('Which thread do you want to save');
  expect(await stage.command('vic', 'save')).toContain('save needs the role responder');
});

it('role shows roles, and gives them to people', async () => {
  const { stage } = opened;
  expect(await stage.command('vic', 'role')).toContain('Your role here is viewer.');
  expect(await stage.command('vic', `role <@${people.vic}> admin`)).toContain('needs the role admin');
  expect(await stage.command('max', `role <@${people.vic}> responder`)).toContain(
    'has the role responder now',
  );
  expect(await stage.command('vic', 'role')).toContain('Your role here is responder.');
  await stage.command('max', `role <@${people.vic}> viewer`);
});

it('mode is in force at once', async () => {
  const { stage } = opened;
  expect(await stage.command('vic', 'mode off')).toContain('needs the role admin');
  expect(await stage.command('max', 'mode mention')).toContain('Mode here: mention.');
  const unheard = await stage.say('rae', `${problem}, not spoken to`);
  await waitForButton(stage, await stage.say('rae', `${stage.mention} ${problem}, asked`), 'use');
  expect(await stage.thread(unheard, 'rae')).toEqual([]);
  await stage.menu('ada', 'ask', unheard);
  await waitForButton(stage, unheard, 'use');
  await stage.menu('ada', 'save', unheard);
  expect(
    await (await stage.form('ada')).submit({ title: 'By menu', resolution: 'made room' }),
  ).toBeUndefined();
  await waitForCard(stage, unheard, 'the case', ({ words }) => words.includes('By menu'));
  expect(await stage.command('max', 'mode default')).toContain('Mode here:');
});

it('home shows open incidents, what waits, runs and what works', async () => {
  await ask(opened.stage, `${problem}, for the page`);
  const page = await opened.stage.home('rae');
  for (const part of [
    /Waiting for approval.*Disk full/s,
    /Your open incidents.*for the page/s,
    /Latest runs/,
    /What works/,
  ])
    expect(page).toMatch(part);
});

it('keeps two guilds apart: an id of one means nothing in the other', async () => {
  const { discord, bot, stage } = opened;
  const other = await guildWorkspace(bot(), otherGuild.id);
  const here = await guildWorkspace(bot());
  expect(other.id).not.toBe(here.id);
  const said = await discord.people.say(people.rae, `${problem}, elsewhere`, otherChannel);
  const answer = await waitForButton(stage, said.id, 'use');
  const incidents = async (workspace: typeof here.id) =>
    bot().open.core.unitOfWork.within(workspace, async ({ incidents: store }) =>
      store.inThread(otherChannel, said.id),
    );
  expect(await incidents(other.id)).toMatchObject({ channel: otherChannel, thread: said.id });
  expect(await incidents(here.id)).toBeUndefined();
  // Ada approves here; in the other guild nobody gave her a role.
  await stage.press('ada', answer, 'use', said.id);
  await waitForCard(
    stage,
    said.id,
    'the refusal',
    ({ words }) => /needs the role responder/.test(words),
    'ada',
  );
});
