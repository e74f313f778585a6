import { setTimeout as sleep } from 'node:timers/promises';
import { ownValue } from '#domain/text/own-value.ts';
import { aliveIn, asShown } from '#test/support/discord/as-shown.ts';
import { bot, channels, people as ids } from '#test/support/discord/guild.ts';
import type { Answered, Modal } from '#test/support/discord/interact.ts';
import type { LocalDiscord } from '#test/support/discord/local-discord.ts';
import { modalInputs } from '#test/support/discord/modal-values.ts';
import { buttonsOf, type SeenMessage, wordsOf } from '#test/support/discord/screen.ts';
import { type Card, type OpenForm, people, type Stage, type Who } from './stage.ts';

const menus = { ask: 'Ask Recourse about this', save: 'Save thread as case' } as const;
const patienceMs = 5000;

/** Discord with its test server. */
export function createDiscordStage({ people: acting, screen, world }: LocalDiscord): Stage {
  const channel = channels.incidents;
  const forms = new Map<Who, Modal>();
  const remember = (who: Who, { modal }: Answered) => {
    if (modal) forms.set(who, modal);
  };
  /** Where a message is: in its thread, or in the channel. */
  const channelOf = async (id: string): Promise<string> =>
    (await world.twin.prisma.message.findUniqueOrThrow({ where: { id } })).channelId;
  const threadOr = async (root: string | undefined) => {
    if (root === undefined) return channel;
    const found = await world.twin.prisma.channel.findUnique({ where: { id: root } });
    if (!found) await acting.startThread(root, channel);
    return root;
  };
  /** What stands in the thread, and what this person alone was shown since it began: beside it, or directly. */
  const seenBy = async (who: Who, root: string): Promise<readonly SeenMessage[]> => {
    const direct = world.dms.get(ids[who]);
    const private_ = [
      ...(await screen.ephemerals(ids[who])).filter(({ channel_id }) => channel_id !== root),
      ...(direct === undefined ? [] : await screen.messages(direct)).map((one) => ({
        ...one,
        onlyFor: ids[who],
      })),
    ].filter(({ id }) => BigInt(id) > BigInt(root));
    const visible = (await screen.messages(root)).filter(
      ({ onlyFor }) => onlyFor === undefined || onlyFor === ids[who],
    );
    return [...visible, ...private_].filter(({ author }) => author.id === bot.id);
  };
  /** What was shown to this person alone since there were `before` of it; nothing when nothing comes. */
  const shownSince = async (who: Who, before: number, patience = patienceMs) => {
    const deadline = Date.now() + patience;
    while (Date.now() < deadline) {
      const shown = (await screen.ephemerals(ids[who])).slice(before);
      if (shown.length > 0) return shown.at(-1);
      await sleep(20);
    }
    return undefined;
  };
  const countShown = async (who: Who) => (await screen.ephemerals(ids[who])).length;

  const submit = async (who: Who, modal: Modal, changes: Readonly<Record<string, string>>) => {
    const before = await countShown(who);
    await acting.submit(modal, asInputs(modal, changes));
    const said = await shownSince(who, before, 1000);
    const correct = said && buttonsOf(said).find(({ custom_id }) => custom_id.startsWith('again:'));
    if (!said || !correct) return undefined;
    remember(who, await acting.press(ids[who], said, correct.custom_id));
    return asShown(wordsOf(said));
  };
  const asForm = (who: Who, modal: Modal): OpenForm => ({
    title: String(modal.data.title),
    fields: fieldsOf(modal),
    submit: (changes = {}) => submit(who, forms.get(who) ?? modal, changes),
  });
  const find = async (id: string): Promise<SeenMessage> => {
    const found = (await screen.messages(await channelOf(id))).find((one) => one.id === id);
    if (!found) throw new Error('The message is gone');
    return found;
  };

  return {
    platform: 'discord',
    channel,
    mention: `<@${bot.id}>`,
    idOf: (who) => ids[who],
    say: async (who, text, thread) => (await acting.say(ids[who], text, await threadOr(thread))).id,
    edit: async (_who, id, text) => void (await acting.edit(id, text, await channelOf(id))),
    remove: async (_who, id) => acting.remove(id, await channelOf(id)),
    react: async (who, id, face, present) => {
      const on = { id, channel_id: await channelOf(id) };
      await (present ? acting.react(ids[who], on, face) : acting.unreact(ids[who], on, face));
    },
    thread: async (root, who) => (await seenBy(who, root)).map((message) => asCard(message, world.pings)),
    outside: async (who) =>
      (await screen.messages(channel))
        .filter(({ author, onlyFor = ids[who] }) => author.id === bot.id && onlyFor === ids[who])
        .map((message) => asCard(message, world.pings)),
    press: async (who, { id }, verb) => remember(who, await acting.press(ids[who], await find(id), verb)),
    form: async (who) => {
      const modal = forms.get(who);
      if (!modal) throw new Error(`${who} has no form`);
      return asForm(who, modal);
    },
    command: async (who, text) => {
      const before = await countShown(who);
      const { path, values } = readTyped(text);
      const answered = await acting.command(ids[who], path, values);
      remember(who, answered);
      const shown = answered.modal ? undefined : await shownSince(who, before);
      return shown ? asShown(wordsOf(shown)) : '';
    },
    menu: async (who, item, id) =>
      remember(who, await acting.menu(ids[who], menus[item], { id, channel_id: await channelOf(id) })),
    home: async (who) => {
      const before = await countShown(who);
      await acting.command(ids[who], 'home');
      const shown = await shownSince(who, before);
      return shown ? asShown(wordsOf(shown)) : '';
    },
    suggestions: async (who, typed) =>
      (await acting.suggestions(ids[who], 'run', 'runbook', typed)).map(({ value }) => String(value)),
  };
}

/** Fields for which a modal has no room share its last input, a `name: value` each. */
const isShared = (id: string): boolean => id.startsWith('more:');

function fieldsOf({ data }: Modal): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(modalInputs(data)).flatMap(([id, value]) =>
      isShared(id)
        ? [...value.matchAll(/^([^:\n]+): ?(.*)$/gm)].map(([, name, held]) => [name, held])
        : [[id, value]],
    ),
  );
}

/** What is entered by field, as a person would type it into the inputs that there are. */
function asInputs(
  { data }: Modal,
  changes: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  const inputs = modalInputs(data);
  return Object.fromEntries(
    Object.entries(inputs).flatMap(([id, value]) => {
      if (!isShared(id)) return id in changes ? [[id, changes[id] ?? '']] : [];
      const typed = Object.entries(changes).reduce(
        (text, [name, held]) => text.replace(new RegExp(`^${name}:.*$`, 'm'), () => `${name}: ${held}`),
        value,
      );
      return [[id, typed]];
    }),
  );
}

/** Commands of one field. */
const onlyFields: Readonly<Record<string, string>> = {
  ask: 'text',
  run: 'runbook',
  runbooks: 'words',
  insights: 'days',
};

/** What people of other platforms type, as the fields of the command. */
function readTyped(text: string): {
  readonly path: string;
  readonly values: Readonly<Record<string, string>>;
} {
  const [path = '', ...rest] = text.split(' ');
  const words = rest.join(' ');
  const filled = (name: string) => ({ path, values: words === '' ? {} : { [name]: words } });
  const only = ownValue(onlyFields, path);
  if (only !== undefined) return filled(only);
  if (path === 'mode' && words.startsWith('quiet ')) return { path, values: { quiet: words.slice(6) } };
  if (path === 'mode') return readMode(words);
  const [, person, role] = /^<@(\d+)>\s+(\w+)$/.exec(words) ?? [];
  if (path === 'role' && person && role) return { path, values: { person, role } };
  return { path: path === '' ? 'help' : path, values: {} };
}

function readMode(words: string) {
  const [, mode = '', quiet] = /^(\w*)(?: quiet (.*))?$/.exec(words) ?? [];
  return { path: 'mode', values: { ...(mode && { mode }), ...(quiet && { quiet }) } };
}

function asCard(message: SeenMessage, pings: LocalDiscord['world']['pings']): Card {
  const words = wordsOf(message);
  return {
    id: message.id,
    words: asShown(words),
    verbs: buttonsOf(message).flatMap(({ custom_id, disabled }) =>
      disabled ? [] : [custom_id.split(':')[0] ?? ''],
    ),
    onlyFor: people.find((who) => ids[who] === message.onlyFor) ?? null,
    files: message.files,
    alive: [
      ...pings.flatMap((ping) => (ping.message === message.id ? [`calls ${ping.who}`] : [])),
      ...aliveIn(words),
      ...message.embeds
        .flatMap(({ url, image, thumbnail }) => [url, image?.url, thumbnail?.url])
        .filter(isText),
    ],
  };
}

const isText = (value: unknown): value is string => typeof value === 'string';
