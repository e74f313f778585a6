import { setTimeout as sleep } from 'node:timers/promises';
import {
  bot,
  channels,
  type LocalSlack,
  type SlackMessage,
  tokens,
  users,
} from '#test/support/slack/local-slack.ts';
import { buttonsOf, createSlackResponder, wordsOf } from '#test/support/slack/responder.ts';
import type { View } from '#test/support/slack/screen.ts';
import { asShortcut, onEphemeral } from '#test/support/slack/shapes.ts';
import { type Card, type Face, type OpenForm, people, type Stage, type Who } from './stage.ts';

const names: Readonly<Record<Face, string>> = {
  '👍': '+1',
  '👎': '-1',
  '🤔': 'thinking_face',
  '✅': 'white_check_mark',
};
const channel = channels.incidents;

/** Slack with its test server, whose modals are on one screen for everybody. */
export function createSlackStage(slack: LocalSlack): Stage {
  const { screen, act } = slack;
  const responder = createSlackResponder(slack);
  const seenBy = async (who: Who, root: string) =>
    (await responder.thread(root)).filter(
      ({ user, ephemeral_to: to }) => user === bot.user && (to === undefined || to === users[who]),
    );
  const asForm = (who: Who, view: View): OpenForm => ({
    title: view.title?.text ?? '',
    fields: responder.valuesIn(view),
    submit: async (changes = {}) => {
      const before = screen.answers();
      responder.submit(who, view, changes);
      while (screen.answers() === before) await sleep(20);
      const wrong = Object.values(screen.errors());
      return wrong.length === 0 ? undefined : wrong.join(' ');
    },
  });
  return {
    platform: 'slack',
    channel,
    mention: `<@${bot.user}>`,
    idOf: (who) => users[who],
    say: (who, text, thread) => slack.say(who, text, { channel, ...(thread && { thread }) }),
    edit: async (who, ts, text) => void (await act('edit-message', { channel, ts, user: users[who], text })),
    remove: async (who, ts) => void (await act('delete-message', { channel, ts, user: users[who] })),
    react: async (who, ts, face, present) =>
      void (await act('reaction', { channel, ts, user: users[who], name: names[face], present })),
    thread: async (root, who) => Promise.all((await seenBy(who, root)).map(asCard)),
    outside: async (who) => {
      const all = (await slack.messages(channel)).filter(
        ({ user, ephemeral_to: to }) => user === bot.user && (to === undefined || to === users[who]),
      );
      const roots = all.filter(({ ts, thread_ts: root = ts }) => root === ts);
      return Promise.all(
        roots.map(async (root) => {
          const beside = all.filter(({ ts, thread_ts }) => thread_ts === root.ts && ts !== root.ts);
          const files = await Promise.all(beside.flatMap((one) => one.files ?? []).map(readFile));
          const card = await asCard(root);
          return { ...card, files: [...card.files, ...files] };
        }),
      );
    },
    press: async (who, { id }, verb, thread) => {
      const seen = thread === '' ? await slack.messages(channel) : await responder.thread(thread);
      const message = seen.find(({ ts }) => ts === id);
      if (!message) throw new Error('The message is gone');
      const button = buttonsOf(message).find(({ action_id }) => action_id.startsWith(`${verb}:`));
      if (!button) throw new Error(`No button ${verb} on: ${wordsOf(message)}`);
      if (message.ephemeral_to !== undefined) slack.proxy.reshape = onEphemeral;
      await act('interact', { channel, messageTs: id, user: users[who], action: button });
      slack.proxy.reshape = undefined;
    },
    form: async (who) => asForm(who, await screen.modal()),
    command: async (who, text) => {
      const before = (await slack.messages(channel)).length;
      await act('command', { channel, user: users[who], command: '/recourse', text });
      const added = (await slack.messages(channel)).slice(before);
      const shown = added.find(({ ephemeral_to }) => ephemeral_to === users[who]);
      return shown ? wordsOf(shown) : '';
    },
    menu: async (who, item, messageTs) => {
      slack.proxy.reshape = asShortcut(item === 'ask' ? 'ask_recourse' : 'save_case');
      const action = { type: 'button', action_id: 'any', block_id: 'b' };
      await act('interact', { channel, messageTs, user: users[who], action });
      slack.proxy.reshape = undefined;
    },
    home: async (who) => {
      await act('open-home', { user: users[who] });
      const { blocks } = await screen.home(users[who]);
      return wordsOf({ text: '', blocks: blocks as never });
    },
    suggestions: async () => [],
  };
}

async function asCard(message: SlackMessage): Promise<Card> {
  const { ts, blocks = [], ephemeral_to: to, files = [] } = message;
  return {
    id: ts,
    words: blocks.map(wordsInBlock).join('\n'),
    verbs: buttonsOf(message).map(({ action_id }) => action_id.slice(0, action_id.indexOf(':'))),
    onlyFor: people.find((who) => users[who] === to) ?? null,
    files: await Promise.all(files.map(readFile)),
    alive: [...(files.length > 0 ? [] : aliveInText(message.text)), ...blocks.flatMap(aliveIn)],
  };
}

async function readFile(file: Readonly<Record<string, unknown>>) {
  const response = await fetch(String(file.url_private), {
    headers: { Authorization: `Bearer ${tokens.bot}` },
  });
  const bytes = Buffer.from(await response.arrayBuffer());
  return { name: String(file.name), text: bytes.toString(), base64: bytes.toString('base64') };
}

type Piece = { readonly type?: unknown; readonly text?: unknown } & Readonly<Record<string, unknown>>;
const isPiece = (value: unknown): value is Piece => typeof value === 'object' && value !== null;

/** Pieces of one section are read as one line; what stands in cells of their own is not. */
function wordsInBlock(block: unknown): string {
  if (Array.isArray(block)) return block.map(wordsInBlock).join('');
  if (!isPiece(block)) return '';
  if (typeof block.text === 'string') return block.text;
  const between = block.type === 'rich_text_list' || block.type === 'rich_text' || block.type === 'actions';
  const parts = Object.values(block).flatMap((value) => (Array.isArray(value) ? value : [value]));
  return parts
    .map(wordsInBlock)
    .filter((text) => text !== '')
    .join(between ? '\n' : '');
}

const aliveInText = (text: string): readonly string[] => text.match(/<[@#!a-z][^>]*>/gi) ?? [];

/** Everything that Slack makes more than text of, but people whom the bot names. */
function aliveIn(piece: unknown): readonly string[] {
  if (!isPiece(piece)) return [];
  const alive = ['broadcast', 'usergroup', 'channel', 'emoji', 'image', 'link', 'mrkdwn'];
  const own = !Array.isArray(piece) && alive.includes(String(piece.type)) ? [JSON.stringify(piece)] : [];
  return [...own, ...Object.values(piece).flatMap(aliveIn)];
}
