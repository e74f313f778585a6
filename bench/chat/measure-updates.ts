import type { PostId } from '#domain/ids.ts';
import { startBot, type TestBot } from '#test/support/start-bot.ts';
import type { ChatServer } from './chat-server.ts';
import { waitUntil } from './wait-until.ts';

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
export async function measureUpdates(server: ChatServer): Promise<UpdateFigures> {
  await using opened = new AsyncDisposableStack();
  opened.use(server);
  const off = { RECOURSE_SANDBOX: 'off', RECOURSE_PLAYGROUND: 'off' };
  const bot = await startBot({ ...server.environment, ...off });
  opened.defer(bot.stop);
  await server.play({ refuses: 'every third', copies: 1 });
  const cards = server.channels.flatMap((channel) =>
    Array.from({ length: cardsPerChannel }, (_, n) => ({ channel, card: `card ${n} of ${channel}` })),
  );
  const began = performance.now();
  await playAll(server, bot, cards);
  const seconds = (performance.now() - began) / 1000;
  const texts = server.stored.filter(({ byBot }) => byBot).map(({ text }) => text);
  const judged = judge(
    cards.map(({ card }) => card),
    texts,
  );
  return { stored: texts.length, ...judged, refused: (await server.calls()).refused, seconds };
}

interface CardToPlay {
  readonly channel: string;
  readonly card: string;
}

async function playAll(server: ChatServer, bot: TestBot, cards: readonly CardToPlay[]): Promise<void> {
  const { unitOfWork, ids, postsWaiting, workspaces } = bot.open.core;
  const workspace = (await workspaces.all()).find(({ externalId }) => externalId === server.workspace)?.id;
  if (workspace === undefined) throw new Error('The bot has not entered its workspace');
  const play = async ({ channel, card }: CardToPlay): Promise<void> => {
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
      await waitUntil(() => server.stored.some(({ text }) => text === summary), patienceMs);
    }
  };
  await Promise.all(cards.map(play));
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
