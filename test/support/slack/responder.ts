import { setTimeout as sleep } from 'node:timers/promises';
import type { ActionVerb } from '#domain/action.ts';
import { channels, type LocalSlack, type SlackMessage, type User, users } from './local-slack.ts';
import type { View } from './screen.ts';

const patienceMs = 20_000;

interface Button {
  readonly type: 'button';
  readonly action_id: string;
  readonly text: { readonly text: string };
}

/** All that a person reads on a message. */
export function wordsOf({ text, blocks }: Pick<SlackMessage, 'text' | 'blocks'>): string {
  return [text, ...textsIn(blocks ?? [])].join('\n');
}

export function buttonsOf({ blocks }: Pick<SlackMessage, 'blocks'>): readonly Button[] {
  return (blocks ?? []).flatMap((block) =>
    block.type === 'actions' ? (block.elements as readonly Button[]) : [],
  );
}

function textsIn(piece: unknown): readonly string[] {
  if (typeof piece !== 'object' || piece === null) return [];
  if (Array.isArray(piece)) return piece.flatMap(textsIn);
  return Object.entries(piece).flatMap(([key, value]) =>
    key === 'text' && typeof value === 'string' ? [value] : textsIn(value),
  );
}

/** People of a Slack team who play an incident with what their screens show them. */
export function createSlackResponder(slack: LocalSlack, channel: string = channels.incidents) {
  const thread = async (root: string) =>
    (await slack.messages(channel)).filter(({ thread_ts }) => thread_ts === root);

  /** Waits until the thread holds a message that `accept` takes; the newest counts. */
  const waitFor = async (
    root: string,
    what: string,
    accept: (message: SlackMessage) => boolean,
  ): Promise<SlackMessage> => {
    const deadline = Date.now() + patienceMs;
    for (;;) {
      const all = await thread(root);
      const found = all.findLast(accept);
      if (found) return found;
      if (Date.now() > deadline)
        throw new Error(`Waited for ${what}; the thread says:\n${all.map(wordsOf).join('\n---\n')}`);
      await sleep(40);
    }
  };
  const has = (message: SlackMessage, verb: ActionVerb) =>
    buttonsOf(message).some(({ action_id }) => action_id.startsWith(`${verb}:`));
  /** An answer of several solutions is judged by the same buttons as what was used of it: that one still has Use. */
  const hasButton = (message: SlackMessage, verb: ActionVerb) =>
    has(message, verb) && (verb !== 'worked' || !has(message, 'use'));
  const waitForButton = (root: string, verb: ActionVerb) =>
    waitFor(root, `a button ${verb}`, (message) => hasButton(message, verb));

  /** As somebody by their id: also one whom the server does not know. */
  const pressAs = async (user: string, message: SlackMessage, verb: ActionVerb): Promise<void> => {
    const button = buttonsOf(message).find(({ action_id }) => action_id.startsWith(`${verb}:`));
    if (!button) throw new Error(`No button ${verb} on: ${wordsOf(message)}`);
    await slack.act('interact', { channel, messageTs: message.ts, user, action: button });
  };
  const press = (user: User, message: SlackMessage, verb: ActionVerb) => pressAs(users[user], message, verb);
  const react = (user: User, { ts }: SlackMessage, name: string, present: boolean) =>
    slack.act('reaction', { channel, ts, user: users[user], name, present });
  const ask = async (text: string) => {
    const root = await slack.say('rae', text, { channel });
    return { thread: root, answer: await waitForButton(root, 'use') };
  };
  /** Submits the form on top with what it was pre-filled with, changed by `changes`. */
  const submit = (user: User, view: View, changes: Readonly<Record<string, string>> = {}): void =>
    slack.screen.submit(users[user], valuesOf(view, changes));
  return { slack, thread, waitFor, waitForButton, hasButton, press, pressAs, react, ask, submit, valuesIn };
}

export type SlackResponder = ReturnType<typeof createSlackResponder>;

/** What the inputs of a view hold, by block id. */
const valuesIn = (view: View): Readonly<Record<string, string>> =>
  Object.fromEntries(
    inputsOf(view).map(({ block_id, element: { initial_value, initial_option } }) => [
      block_id,
      initial_value ?? initial_option?.value ?? '',
    ]),
  );

const inputsOf = ({ blocks }: View) =>
  blocks.flatMap(({ block_id, element }) => (block_id && element ? [{ block_id, element }] : []));

function valuesOf(view: View, changes: Readonly<Record<string, string>>) {
  return Object.fromEntries(
    inputsOf(view).map(({ block_id, element }) => {
      const { type, action_id, initial_value, initial_option } = element;
      const value = changes[block_id] ?? initial_value ?? initial_option?.value ?? null;
      return [
        block_id,
        { [action_id]: type === 'static_select' ? { type, selected_option: { value } } : { type, value } },
      ];
    }),
  );
}
