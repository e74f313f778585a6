import { expect, it } from 'vitest';
import { type LocalDiscord, startLocalDiscord } from '#test/support/discord/local-discord.ts';
import { discordEnvironment, startDiscordBot } from '#test/support/discord/start-discord-bot.ts';
import { createMigratedDatabase } from '#test/support/fresh-database.ts';
import { problem } from '#test/support/main-story.ts';
import { type Killable, openKillable } from '#test/support/open-killable.ts';
import { describeWithPeer } from '#test/support/peers.ts';
import { eventually } from '#test/support/slack/team.ts';
import { foldAll } from '#test/support/stage/bot-on-stage.ts';
import { createDiscordStage } from '#test/support/stage/discord-stage.ts';
import { type Stage, waitForButton, waitForCard } from '#test/support/stage/stage.ts';
import { ask, playStory } from '#test/support/stage/story.ts';

const cardsWith = async (stage: Stage, thread: string, words: string) =>
  (await stage.thread(thread, 'rae')).filter((card) => card.words.includes(words));
const answersIn = async (stage: Stage, thread: string) =>
  (await stage.thread(thread, 'rae')).filter(({ verbs }) => verbs.includes('use')).length;
const others = 'Closest, but not sure';

describeWithPeer('postgres', 'a bot in Discord that is killed', (serverUrl) => {
  /** The bot has answered somebody, and is killed writing into `table` what `act` leads to. */
  const kill = async (
    table: Parameters<Killable['dieWritingInto']>[0],
    act: (stage: Stage, asked: Awaited<ReturnType<typeof ask>>) => Promise<void>,
  ) => {
    await using opened = new AsyncDisposableStack();
    const discord = opened.use(await startLocalDiscord());
    const bot = opened.use(await openKillable(serverUrl, discordEnvironment(discord)));
    const stage = createDiscordStage(discord);
    const asked = await ask(stage);
    await bot.dieWritingInto(table, () => act(stage, asked));
    const closing = opened.move();
    return { stage, bot, asked, [Symbol.asyncDispose]: () => closing.disposeAsync() };
  };

  it('between a message and keeping it: the message is read back, and has one answer', async () => {
    let missed = '';
    await using killed = await kill('inbox', async (stage) => {
      missed = await stage.say('rae', `${problem}, unheard`);
    });
    const { stage, bot, asked } = killed;
    expect(await stage.thread(missed, 'rae')).toEqual([]);
    await bot.start();
    await waitForButton(stage, missed, 'use');
    for (const thread of [missed, asked.thread]) expect(await answersIn(stage, thread)).toBe(1);
  });

  it('between keeping a press and what comes of it: that comes once, without another press', async () => {
    await using killed = await kill('posts', (stage, { thread, answer }) =>
      stage.press('rae', answer, 'others', thread),
    );
    const { stage, bot, asked } = killed;
    expect(await cardsWith(stage, asked.thread, others)).toEqual([]);
    await bot.start();
    // Whoever died had it in hand for a while.
    await eventually(
      async () => expect(await cardsWith(stage, asked.thread, others)).toHaveLength(1),
      90_000,
    );
    // What comes after it is done after it.
    const next = await stage.say('rae', `${problem}, afterwards`);
    await waitForButton(stage, next, 'use');
    expect(await cardsWith(stage, asked.thread, others)).toHaveLength(1);
  });

  it('between a press and keeping it: nothing has come of it, and the next press counts once', async () => {
    await using killed = await kill('inbox', (stage, { thread, answer }) =>
      stage.press('rae', answer, 'others', thread),
    );
    const { stage, bot, asked } = killed;
    await bot.start();
    await stage.press('rae', asked.answer, 'others', asked.thread);
    await waitForCard(stage, asked.thread, 'the others', ({ words }) => words.includes(others));
    expect(await cardsWith(stage, asked.thread, others)).toHaveLength(1);
  });
});

describeWithPeer('postgres', 'two replicas of the bot in Discord', (serverUrl) => {
  it('play the main job together, each delivery reaching both twice, as one', async () => {
    await using discord = await startLocalDiscord();
    await using stack = new AsyncDisposableStack();
    const database = await createMigratedDatabase(serverUrl);
    stack.defer(database.drop);
    const environment = { DATABASE_URL: database.url };
    const bot = await startDiscordBot(discord, environment);
    stack.defer(bot.stop);
    const other = await startDiscordBot(discord, { ...environment, RECOURSE_DATA_DIR: bot.dataDirectory });
    stack.defer(() => other.close());
    discord.proxy.copies = 2;
    const stage = createDiscordStage(discord);
    await playStory(stage, () => foldAll(bot));
    const problems = await rootsOf(discord, stage);
    expect(problems).toHaveLength(2);
    for (const id of problems) expect(await answersIn(stage, id)).toBe(1);
  });
});

/** The messages with which somebody asked. */
const rootsOf = async ({ screen }: LocalDiscord, { channel }: Stage): Promise<readonly string[]> =>
  (await screen.messages(channel)).filter(({ content }) => content.startsWith(problem)).map(({ id }) => id);
