import { expect, it } from 'vitest';
import { lostAnswer, outOfService, rateLimited, unauthorized } from '#test/support/discord/answers.ts';
import { channels, people } from '#test/support/discord/guild.ts';
import { startLocalDiscord } from '#test/support/discord/local-discord.ts';
import { openGuild } from '#test/support/discord/open-guild.ts';
import { discordEnvironment } from '#test/support/discord/start-discord-bot.ts';
import { problem } from '#test/support/main-story.ts';
import { eventually } from '#test/support/slack/team.ts';
import { type Stage, waitForButton, waitForCard } from '#test/support/stage/stage.ts';
import { ask, skipToChange, until, use } from '#test/support/stage/story.ts';
import { startBot } from '#test/support/start-bot.ts';

const post = 'POST /channels/:id/messages';
const answersIn = async (stage: Stage, thread: string) =>
  (await stage.thread(thread, 'rae')).filter(({ verbs }) => verbs.includes('use')).length;
/** What happens to every so many calls. */
const troubles = [
  [6, rateLimited(1, 'global')],
  [3, rateLimited(1)],
  [5, outOfService],
  [7, lostAnswer],
] as const;
const kinds = (log: readonly { readonly kind: string }[]) => log.map(({ kind }) => kind);

it('gives one answer a problem: events come four times, calls are refused, for a route and for all', async () => {
  await using opened = await openGuild();
  const { discord, stage, waiting } = opened;
  discord.proxy.copies = 4;
  discord.proxy.rules = [
    ({ route, number }) =>
      route === post ? troubles.find(([every]) => number % every === 0)?.[1] : undefined,
  ];
  const who = ['rae', 'ada', 'ben', 'vic'] as const;
  const threads = await Promise.all(who.map((one, n) => stage.say(one, `${problem}, number ${n}`)));
  for (const thread of threads) await waitForButton(stage, thread, 'use');
  await eventually(async () => expect(await waiting()).toBe(0));
  for (const thread of threads) expect(await answersIn(stage, thread)).toBe(1);
});

it('loses nothing when resuming is refused: a message, an edit and a reaction of the gap are read back', async () => {
  await using opened = await openGuild();
  const { discord, stage, ready } = opened;
  const { thread, answer } = await ask(stage);
  await stage.press('rae', await use(stage, thread, answer), 'stop', thread);
  const verdict = await waitForButton(stage, thread, 'worked');
  const mended = await stage.say('ben', 'lorem ipsum');

  discord.proxy.resume = 'refused';
  discord.proxy.down = true;
  discord.proxy.gateway.cut();
  await eventually(async () => expect(await ready()).toBe(503));
  const missed = await stage.say('vic', `${problem}, while nobody listened`);
  await stage.edit('ben', mended, `${problem}, in other words`);
  await stage.react('ada', verdict.id, '👍', true);
  discord.proxy.down = false;

  await eventually(async () => expect(await ready()).toBe(200), 60_000);
  expect(kinds(discord.proxy.gateway.log).filter((kind) => kind === 'identified').length).toBeGreaterThan(1);
  await waitForButton(stage, missed, 'use');
  await waitForButton(stage, mended, 'use');
  await until(stage, thread, verdict, /👍 ada/);
  for (const one of [missed, mended]) expect(await answersIn(stage, one)).toBe(1);
});

it('goes on with an approval that waited while the gateway was killed', async () => {
  await using opened = await openGuild();
  const { discord, stage } = opened;
  const { thread, answer } = await ask(stage);
  const step = await use(stage, thread, answer);
  discord.proxy.gateway.cut();
  await eventually(() => expect(kinds(discord.proxy.gateway.log)).toContain('resumed'));
  discord.proxy.resume = 'refused';
  discord.proxy.gateway.cut();
  await eventually(() => expect(kinds(discord.proxy.gateway.log).at(-1)).toBe('identified'), 60_000);
  await eventually(() => stage.press('rae', step, 'approve', thread), 60_000);
  await until(stage, thread, step, /succeeded, approved by rae/);
});

it('counts a reaction on a message from before a restart', async () => {
  await using opened = await openGuild();
  const { thread, answer } = await ask(opened.stage);
  await opened.stage.press('rae', await use(opened.stage, thread, answer), 'stop', thread);
  const verdict = await waitForButton(opened.stage, thread, 'worked');
  await opened.restart();
  await opened.stage.react('ada', verdict.id, '👎', true);
  await until(opened.stage, thread, verdict, /👎 ada/);
  await opened.stage.react('ada', verdict.id, '👎', false);
  await waitForCard(
    opened.stage,
    thread,
    'no vote',
    ({ id, words }) => id === verdict.id && !words.includes('👎 ada'),
  );
});

it('keeps what it has to say through a revoked token, and says in what order it came', async () => {
  await using opened = await openGuild();
  const { discord, stage, ready, waiting } = opened;
  const { thread, answer } = await ask(stage);
  discord.proxy.rules = [({ path }) => (/^\/(interactions|webhooks)/.test(path) ? undefined : unauthorized)];
  await stage.press('rae', answer, 'others', thread);
  await eventually(async () => expect(await waiting()).toBeGreaterThan(0));
  discord.proxy.rules = [];
  await waitForCard(stage, thread, 'the others', ({ words }) => words.includes('Closest, but not sure'));
  await eventually(async () => expect(await ready()).toBe(200), 60_000);
});

it('starts with a token that Discord refuses, says so, and works on without it', async () => {
  await using discord = await startLocalDiscord();
  discord.proxy.token = 'another one';
  const bot = await startBot({
    ...discordEnvironment(discord),
    RECOURSE_PLAYGROUND: 'on',
    RECOURSE_SANDBOX: 'off',
  });
  await using stack = new AsyncDisposableStack();
  stack.defer(bot.stop);
  const ready = await fetch(`http://${bot.localAddress}/readyz`);
  expect(ready.status).toBe(503);
  expect(await ready.json()).toMatchObject({
    failing: [{ name: 'discord', detail: expect.stringMatching(/token/i) }],
  });
  const metrics = await (await fetch(`http://${bot.localAddress}/metrics`)).text();
  expect(metrics).toContain('recourse_chat_connected{platform="discord"} 0');
});

it('does not count the approval of who left meanwhile', async () => {
  await using opened = await openGuild();
  const { discord, stage } = opened;
  const { thread, answer } = await ask(stage);
  await use(stage, thread, answer);
  const step = await skipToChange(stage, thread);
  expect(step.words).toContain('2 different approvers');
  await stage.press('ada', step, 'approve', thread);
  await until(stage, thread, step, /Approved so far by ada/);
  await discord.people.leave(people.ada);
  await stage.press('ben', step, 'approve', thread);
  const ended = await waitForCard(
    stage,
    thread,
    'the end',
    ({ id, verbs }) => id === step.id && !verbs.includes('approve'),
  );
  expect(ended.words).toContain('An approver has lost the right to approve this');
});

it('posts into a channel where it may again, and tells the log where it may not', async () => {
  await using opened = await openGuild();
  const { discord, stage, waiting } = opened;
  discord.world.denied.set(channels.incidents, 1n << 38n);
  const refused = await stage.say('rae', `${problem}, where the bot may not write`);
  await eventually(() =>
    expect(discord.proxy.calls.some(({ route, status }) => route === post && status === 403)).toBe(true),
  );
  await eventually(async () => expect(await waiting()).toBe(0));
  discord.world.denied.clear();
  await ask(stage, `${problem}, where it may`);
  expect(await stage.thread(refused, 'rae')).toEqual([]);
});
