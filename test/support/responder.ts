import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ActionVerb } from '#domain/action.ts';
import type { Form, Reply } from '#domain/reply.ts';
import { actionOf, buttonsOf, createPlaygroundClient, repliesOf, textOf } from './playground-client.ts';

type BotMessage = ReturnType<typeof repliesOf>[number];

const channel = 'incidents';

/** People of the playground who play an incident over HTTP, as a responder would with the mouse. */
export function createResponder(url: string, patienceMs = 20_000) {
  const client = createPlaygroundClient(url);
  const replies = async (thread: string) => repliesOf(await client.messages(channel, thread, 'rae'));

  /** Waits until the bot has said something in the thread that `accept` takes. */
  const waitFor = async (
    thread: string,
    what: string,
    accept: (message: BotMessage) => boolean,
  ): Promise<BotMessage> => {
    const deadline = Date.now() + patienceMs;
    for (;;) {
      const all = await replies(thread);
      const found = all.findLast(accept);
      if (found) return found;
      if (Date.now() > deadline)
        throw new Error(
          `Waited for ${what}; the thread says:\n${all.map((one) => textOf(one.reply)).join('\n---\n')}`,
        );
      await sleep(40);
    }
  };
  const waitForButton = (thread: string, verb: ActionVerb) =>
    waitFor(thread, `a button ${verb}`, ({ reply }) => hasButton(reply, verb));

  const ask = async (text: string): Promise<{ readonly thread: string; readonly answer: BotMessage }> => {
    const { body } = await client.post('messages', { person: 'rae', channel, text });
    const thread = String(body.id);
    return { thread, answer: await waitFor(thread, 'an answer', () => true) };
  };
  const press = (person: string, thread: string, message: BotMessage, verb: ActionVerb) =>
    client.post('actions', {
      person,
      channel,
      thread,
      message: message.id,
      action: actionOf(message.reply, verb),
      delivery: randomUUID(),
    });
  const submit = (
    person: string,
    thread: string,
    message: BotMessage,
    form: Form,
    values: Readonly<Record<string, string>>,
  ) =>
    client.post('forms', {
      person,
      channel,
      thread,
      message: message.id,
      action: `${form.action.verb}:${form.action.id}`,
      delivery: randomUUID(),
      ...Object.fromEntries(Object.entries(values).map(([name, value]) => [`value.${name}`, value])),
    });
  /** Presses Use on the first solution and submits its form with what it was pre-filled with, changed by `changes`. */
  const use = async (thread: string, answer: BotMessage, changes: Readonly<Record<string, string>> = {}) => {
    const form = (await press('rae', thread, answer, 'use')).body.form as Form;
    const values = {
      ...Object.fromEntries(form.fields.map(({ name, initial }) => [name, initial])),
      ...changes,
    };
    return { form, submitted: await submit('rae', thread, answer, form, values) };
  };
  /** Approves the step that waits, by as many people as its risk needs, and returns its card once it has ended. */
  const approve = async (thread: string, people: readonly string[]): Promise<BotMessage> => {
    const card = await waitForButton(thread, 'approve');
    for (const person of people) await press(person, thread, card, 'approve');
    return waitFor(
      thread,
      `the end of: ${card.reply.summary}`,
      ({ id, reply }) => id === card.id && (reply.tone === 'good' || reply.tone === 'bad'),
    );
  };
  return { client, channel, replies, waitFor, waitForButton, ask, press, submit, use, approve };
}

/** An answer of several solutions is judged by the same buttons as what was used of it: that one still has Use. */
export function hasButton(reply: Reply, verb: ActionVerb): boolean {
  const verbs = buttonsOf(reply).map(({ action }) => action.verb);
  return verbs.includes(verb) && (verb !== 'worked' || !verbs.includes('use'));
}

export type Responder = ReturnType<typeof createResponder>;
