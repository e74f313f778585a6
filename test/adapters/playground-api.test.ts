import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Fault } from '#domain/fault.ts';
import type { Place } from '#domain/intent.ts';
import type { LoggedMessage } from '#ports/conversation-log.ts';
import type { Received } from '#ports/inbound.ts';
import { parameterForm, stepCard, verdictCard } from '#test/fixtures/playground-replies.ts';
import { openTestPlayground, type TestPlayground } from '#test/support/playground.ts';

let playground: TestPlayground;
let answer: () => Promise<Received>;
beforeEach(async () => {
  answer = async () => ({ kind: 'accepted' });
  playground = await openTestPlayground(() => answer());
});
afterEach(() => playground[Symbol.asyncDispose]());

const down = async () => {
  throw new Fault('unavailable', 'database-down', 'The database does not answer.', 'Try again in a minute.');
};

interface Answered {
  readonly kind: string;
  readonly id: string;
  readonly error: string;
}
interface Shown {
  readonly roots: readonly { readonly message: LoggedMessage; readonly replies: number }[];
  readonly messages: readonly LoggedMessage[];
}

const post = async (path: string, body: object) => {
  const response = await playground.call(`/playground/${path}`, {
    person: 'rae',
    channel: 'incidents',
    ...body,
  });
  return { status: response.status, body: (await response.json()) as Answered };
};
const read = async (path: string) => (await (await playground.call(`/playground/${path}`)).json()) as Shown;
const openThread = async (): Promise<Place & { thread: string }> => {
  const { body } = await post('messages', { text: 'disk is filling up on demo-web-01' });
  return { workspace: playground.workspace, channel: 'incidents', thread: body.id };
};

describe('a message', () => {
  it('is kept, then handed in under its own id', async () => {
    const { status, body } = await post('messages', { text: ' disk full\r\non demo-web-01 ' });
    expect({ status, kind: body.kind }).toEqual({ status: 202, kind: 'accepted' });
    const { roots } = await read('channel?channel=incidents&person=rae');
    const text = 'disk full\non demo-web-01';
    expect(roots).toMatchObject([{ message: { id: body.id, body: { kind: 'text', text } }, replies: 0 }]);
    expect(playground.received).toMatchObject([
      {
        delivery: body.id,
        intent: {
          kind: 'message-posted',
          id: body.id,
          text,
          mentionsBot: false,
          place: { workspace: playground.workspace, channel: 'incidents', thread: null },
          speaker: { externalId: 'rae', name: 'Rae', standing: 'member', groups: [] },
        },
      },
    ]);
  });

  it('in a thread carries the id of its root', async () => {
    const { thread } = await openThread();
    await post('messages', { text: 'more', thread });
    expect(playground.received[1]?.intent.place).toMatchObject({ channel: 'incidents', thread });
    const { messages } = await read(`thread?channel=incidents&thread=${thread}`);
    expect(messages).toHaveLength(2);
  });

  it.each([
    ['@recourse what now', true],
    ['hey @Recourse, look', true],
    ['mail me@recourse.example', false],
    ['@recourseful', false],
  ])('%j mentions the bot: %s', async (text, mentionsBot) => {
    await post('messages', { text });
    expect(playground.received[0]?.intent).toMatchObject({ mentionsBot });
  });

  it.each(['', '  \n', '\0'])('without a text is refused: %j', async (text) => {
    const refused = await post('messages', { text });
    expect(refused).toMatchObject({
      status: 400,
      body: { error: expect.stringContaining('Nothing to send') },
    });
  });

  it('may have 40,000 characters and no more, and hears its length', async () => {
    expect((await post('messages', { text: '🔥'.repeat(40_000) })).status).toBe(202);
    const refused = await post('messages', { text: '🔥'.repeat(40_001) });
    expect(refused).toMatchObject({
      status: 413,
      body: { error: expect.stringContaining('This has 40,001 characters; 40,000 are the most') },
    });
    expect(playground.received).toHaveLength(1);
  });

  it('loses NUL and half characters, which no database text may hold', async () => {
    await post('messages', { text: 'a\0b\ud800c' });
    expect(playground.received[0]?.intent).toMatchObject({ text: 'ab\ufffdc' });
  });

  it.each([{ person: 'eve' }, { channel: 'secrets' }, { thread: 'no-such-thread' }])(
    'goes nowhere that does not exist: %j',
    async (change) => {
      const refused = await post('messages', { text: 'hello', ...change });
      expect(refused.status).toBeGreaterThanOrEqual(400);
      expect(refused.body.error).toMatch(/\.$/);
      expect(playground.received).toEqual([]);
    },
  );

  it('that the core cannot take is told so, and sent again makes no second one', async () => {
    answer = down;
    const refused = await post('messages', { text: 'disk full' });
    expect(refused).toMatchObject({
      status: 503,
      body: {
        error: 'Not sent: The database does not answer. Try again in a minute. Your text is still here.',
      },
    });
    answer = async () => ({ kind: 'accepted' });
    const again = await post('messages', { text: 'disk full on demo-web-01', id: refused.body.id });
    expect(again).toMatchObject({ status: 202, body: { id: refused.body.id } });
    const { roots } = await read('channel?channel=incidents');
    expect(roots).toHaveLength(1);
    expect(roots[0]?.message.body).toMatchObject({ text: 'disk full on demo-web-01' });
    expect(playground.received).toHaveLength(1);
  });

  it('takes no id of somebody else’s message', async () => {
    const { thread } = await openThread();
    const { body } = await post('messages', { text: 'mine', person: 'ada', id: thread });
    expect(body.id).not.toBe(thread);
  });
});

describe('a button', () => {
  const delivery = 'press-0001';
  const action = 'approve:00000000-0000-7000-8000-000000000104';

  it('is handed in from the thread of its card, once a delivery', async () => {
    const place = await openThread();
    const message = await playground.chat.post(place, stepCard, 'card-1', false);
    expect(await post('actions', { person: 'ada', message, action, delivery })).toMatchObject({
      status: 202,
      body: { kind: 'accepted' },
    });
    expect(await post('actions', { person: 'ada', message, action, delivery })).toMatchObject({
      status: 200,
      body: { kind: 'duplicate' },
    });
    expect(playground.received.slice(1)).toEqual([
      {
        delivery,
        intent: {
          kind: 'button-pressed',
          place: { ...place, open: true },
          speaker: { externalId: 'ada', name: 'Ada', standing: 'member', groups: [] },
          action: { verb: 'approve', id: action.split(':')[1] },
        },
      },
    ]);
  });

  it('on a root message belongs to the thread that it opens', async () => {
    const place = { workspace: playground.workspace, channel: 'incidents', thread: null };
    const message = await playground.chat.post(place, stepCard, 'root-card', false);
    await post('actions', { message, action, delivery });
    expect(playground.received[0]?.intent.place.thread).toBe('root-card');
  });

  it('may be answered by a form, and the form by errors', async () => {
    const place = await openThread();
    const message = await playground.chat.post(place, stepCard, 'card-1', false);
    answer = async () => ({ kind: 'form', form: parameterForm });
    expect(await post('actions', { message, action, delivery })).toMatchObject({
      status: 200,
      body: { kind: 'form', form: { title: parameterForm.title } },
    });
    answer = async () => ({ kind: 'invalid', errors: { path: 'Must start with /.' } });
    const values = { host: 'demo-web-01', path: 'x' };
    expect(await post('forms', { message, action, delivery: 'form-0001', values })).toEqual({
      status: 422,
      body: { kind: 'invalid', errors: { path: 'Must start with /.' } },
    });
    expect(playground.received.at(-1)?.intent).toMatchObject({ kind: 'form-submitted', place, values });
  });

  it.each([
    { action: 'explode:1' },
    { action: '' },
    { delivery: '' },
    { delivery: 'a b c d e f' },
    { message: 'no-such-message' },
  ])('is refused in a sentence when it names nothing: %j', async (change) => {
    const message = await playground.chat.post(await openThread(), stepCard, 'card-1', false);
    const refused = await post('actions', { message, action, delivery, ...change });
    expect(refused.status).toBeGreaterThanOrEqual(400);
    expect(refused.body.error).toMatch(/\.$/);
  });

  it('tells a fault of the core in its own words, and keeps a defect to the log', async () => {
    const message = await playground.chat.post(await openThread(), stepCard, 'card-1', false);
    answer = down;
    expect(await post('actions', { message, action, delivery })).toMatchObject({
      status: 503,
      body: { error: 'The database does not answer. Try again in a minute.' },
    });
    answer = async () => Promise.reject(new TypeError('inner workings'));
    const defect = await post('actions', { message, action, delivery });
    expect(defect.status).toBe(500);
    expect(JSON.stringify(defect.body)).not.toContain('inner workings');
  });
});

describe('a reaction', () => {
  const react = (message: string, change: string, emoji = '👍') =>
    post('reactions', { message, emoji, change });

  it('is handed in when it changes something on a message of the bot', async () => {
    const message = await playground.chat.post(await openThread(), verdictCard, 'card-1', false);
    expect((await react(message, 'added')).body.kind).toBe('accepted');
    expect((await react(message, 'added')).body.kind).toBe('duplicate');
    expect((await react(message, 'removed')).body.kind).toBe('accepted');
    const changes = playground.received.slice(1).map(({ intent }) => intent);
    expect(changes).toMatchObject([
      { kind: 'reaction-changed', messageId: message, emoji: '👍', change: 'added' },
      { kind: 'reaction-changed', messageId: message, emoji: '👍', change: 'removed' },
    ]);
    expect(new Set(playground.received.map(({ delivery }) => delivery)).size).toBe(3);
  });

  it('on a message of a person stays among people', async () => {
    const { thread } = await openThread();
    expect((await react(thread, 'added')).status).toBe(202);
    expect(playground.received).toHaveLength(1);
  });

  it('is taken back when the core cannot take it', async () => {
    const message = await playground.chat.post(await openThread(), verdictCard, 'card-1', false);
    answer = down;
    expect((await react(message, 'added')).status).toBe(503);
    expect((await playground.log.find(playground.workspace, message))?.reactions['👍']).toEqual([]);
  });

  it('is one of four', async () => {
    const { thread } = await openThread();
    expect((await react(thread, 'added', '💣')).status).toBe(400);
  });
});

describe('the chat', () => {
  it('makes one message of a key, and edits it', async () => {
    const place = await openThread();
    expect(await playground.chat.post(place, stepCard, 'key-1', false)).toBe('key-1');
    expect(await playground.chat.post(place, stepCard, 'key-1', false)).toBe('key-1');
    await playground.chat.edit(place, 'key-1', verdictCard);
    await playground.chat.edit(place, 'gone', verdictCard);
    const { messages } = await read(`thread?channel=incidents&thread=${place.thread}`);
    expect(messages).toHaveLength(2);
    expect(messages[1]?.body).toMatchObject({ reply: { summary: verdictCard.summary } });
    expect(messages[1]?.editedAt).toBeGreaterThan(0);
  });

  it('shows a notice to one person alone, who alone may act on it', async () => {
    const place = await openThread();
    await playground.chat.notify(place, 'ada', stepCard);
    const seenBy = async (person: string) =>
      (await read(`thread?channel=incidents&thread=${place.thread}&person=${person}`)).messages;
    expect(await seenBy('rae')).toHaveLength(1);
    const [, notice] = await seenBy('ada');
    expect(notice?.onlyFor).toBe('ada');
    expect(
      (await post('reactions', { message: notice?.id ?? '', emoji: '👍', change: 'added' })).status,
    ).toBe(404);
    expect((await read('channel?channel=incidents')).roots[0]?.replies).toBe(0);
  });

  it('streams what happens, first all that there is', async () => {
    const place = await openThread();
    const stream = await playground.call(
      `/playground/stream?person=rae&channel=incidents&thread=${place.thread}`,
    );
    const reader = stream.body?.pipeThrough(new TextDecoderStream()).getReader();
    let text = '';
    const until = async (part: string) => {
      while (!text.includes(part)) text += (await reader?.read())?.value ?? '';
    };
    await until('disk is filling up');
    await playground.chat.notify(place, 'ada', {
      ...verdictCard,
      blocks: [{ kind: 'heading', text: 'for Ada' }],
    });
    await playground.chat.post(place, stepCard, 'key-1', false);
    await until('truncate the access log');
    await playground.chat.edit(place, 'key-1', verdictCard);
    await until('Did this solve it?');
    expect(text).not.toContain('for Ada');
    await reader?.cancel();
  });
});
