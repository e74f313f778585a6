import type { PostId } from '#domain/ids.ts';
import { startLocalSlack } from '#test/support/slack/local-slack.ts';
import { rateLimited } from '#test/support/slack/proxy.ts';
import { startSlackBot, workspaceOf } from '#test/support/slack/story.ts';
import { benchChannels } from './open-slack-bench.ts';
import { watchServer } from './watch-server.ts';

export interface UpdateFigures {
  readonly stored: number;
  /** States of a card that the server never had, and cards whose last state is not the last one. */
  readonly lost: number;
  /** States that the server had after a later one of the same card, or twice. */
  readonly disordered: number;
  readonly refused: number;
  readonly seconds: number;
}

const cardsPerChannel = 5;
const statesPerCard = 10;
const patienceMs = 300_000;

/**
 * 1,000 states of 100 cards in 20 channels, where the server tells every third call to come back in a second. A card
 * gets its next state when the server has the one before: otherwise the outbox would merge them, as it should.
 */
export async function measureUpdates(): Promise<UpdateFigures> {
  await using opened = new AsyncDisposableStack();
  const slack = opened.use(await startLocalSlack('socket', { more: benchChannels }));
  const bot = await startSlackBot(slack, 'socket', { RECOURSE_SANDBOX: 'off' });
  opened.defer(bot.stop);
  const watch = opened.adopt(await watchServer(slack.proxy.address), ({ close }) => close());
  const { unitOfWork, ids, postsWaiting } = bot.open.core;
  const { id: workspace } = await workspaceOf(bot);
  slack.proxy.rules = [refuseEveryThird()];

  const play = async (channel: string, card: string): Promise<void> => {
    const id = ids.next<PostId>();
    for (let state = 0; state < statesPerCard; state += 1) {
      const summary = `${card}, state ${state}`;
      const reply = { summary, tone: 'plain', blocks: [] } as const;
      await unitOfWork.within(workspace, ({ outbox }) =>
        state === 0
          ? outbox.post(id, { channel, thread: null }, reply, 'answer')
          : outbox.revise(id, reply, 'progress'),
      );
      postsWaiting();
      await watch.until(() => watch.stored.some(({ text }) => text === summary), patienceMs);
    }
  };
  const cards = benchChannels.flatMap((channel) =>
    Array.from({ length: cardsPerChannel }, (_, n) => ({ channel, card: `card ${n} of ${channel}` })),
  );
  const began = performance.now();
  await Promise.all(cards.map(({ channel, card }) => play(channel, card)));
  const texts = watch.stored.filter(({ byBot }) => byBot).map(({ text }) => text);
  return {
    stored: texts.length,
    ...judge(
      cards.map(({ card }) => card),
      texts,
    ),
    refused: slack.proxy.calls.filter(({ status }) => status === 429).length,
    seconds: (performance.now() - began) / 1000,
  };
}

function refuseEveryThird() {
  let calls = 0;
  return () => {
    calls += 1;
    return calls % 3 === 0 ? rateLimited(1) : undefined;
  };
}

function judge(
  cards: readonly string[],
  texts: readonly string[],
): Pick<UpdateFigures, 'lost' | 'disordered'> {
  let [lost, disordered] = [0, 0];
  for (const card of cards) {
    const states = texts
      .filter((text) => text.startsWith(`${card},`))
      .map((text) => Number(text.split(' ').at(-1)));
    lost += statesPerCard - new Set(states).size + Number(states.at(-1) !== statesPerCard - 1);
    disordered += states.filter((state, n) => n > 0 && state <= (states[n - 1] ?? -1)).length;
  }
  return { lost, disordered };
}
