import { describe, vi } from 'vitest';
import { makeLivelyRunbooks } from '#test/support/lively-runbooks.ts';
import type { TestBot } from '#test/support/start-bot.ts';
import { channels, type LocalSlack, startLocalSlack, type User, users } from './local-slack.ts';
import { createSlackResponder, type SlackResponder, wordsOf } from './responder.ts';
import { startSlackBot } from './story.ts';

export type Mode = 'socket' | 'http';
export const modes: readonly (readonly [string, Mode])[] = [
  ['Socket Mode', 'socket'],
  ['signed HTTP', 'http'],
];

/**
 * A suite in both modes at a time, each in the order of its tests: most of the time passes with the second that a channel
 * takes between two messages.
 */
export const describeModes = (suite: (mode: Mode) => void): void =>
  describe.concurrent.each(modes)('over %s', (_, mode) => {
    describe('one by one', { concurrent: false }, () => suite(mode));
  });

/** Waits until an expectation holds. `expect.poll` knows one test at a time, and here two run at once. */
export const eventually = (check: () => void | Promise<void>, timeout = 10_000): Promise<void> =>
  vi.waitFor(check, { timeout });

/** Whatever Slack's markup could make alive: everybody called, somebody called, a channel, a link, an emoji, an image. */
export const lively =
  '<!channel> <!here> <!everyone> @channel <@U02ADA> <#C02GENERAL> <https://evil.example/x|your bank> :tada:';

export interface TestTeam extends AsyncDisposable {
  readonly slack: LocalSlack;
  readonly bot: TestBot;
  readonly responder: SlackResponder;
  /** Gives `/recourse …`; returns what was shown to the person alone, or nothing. */
  command(user: User, text: string, channel?: string): Promise<string>;
  /** Waits for what one person alone is told in a thread. */
  told(thread: string, user: User, what: RegExp): Promise<string>;
}

/** A team with the bot in it, whose runbooks are the starter pack and one that prints much, and lively, text. */
export async function openTeam(
  mode: Mode,
  environment: Readonly<Record<string, string>> = {},
): Promise<TestTeam> {
  await using opened = new AsyncDisposableStack();
  const slack = opened.use(await startLocalSlack(mode === 'http' ? 'events' : 'socket'));
  const runbooks = opened.use(await makeLivelyRunbooks(lively));
  const bot = await startSlackBot(slack, mode, { RECOURSE_RUNBOOKS: runbooks.folder, ...environment });
  opened.defer(bot.stop);
  const responder = createSlackResponder(slack);
  const closing = opened.move();
  return {
    slack,
    bot,
    responder,
    command: async (user, text, channel = channels.incidents) => {
      const before = (await slack.messages(channel)).length;
      await slack.act('command', { channel, user: users[user], command: '/recourse', text });
      const shown = (await slack.messages(channel))
        .slice(before)
        .find(({ ephemeral_to }) => ephemeral_to === users[user]);
      return shown ? wordsOf(shown) : '';
    },
    told: async (thread, user, what) =>
      wordsOf(
        await responder.waitFor(
          thread,
          `${what} for ${user}`,
          (message) => message.ephemeral_to === users[user] && what.test(wordsOf(message)),
        ),
      ),
    [Symbol.asyncDispose]: () => closing.disposeAsync(),
  };
}
