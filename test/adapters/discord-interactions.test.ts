import { setTimeout as sleep } from 'node:timers/promises';
import { Routes } from 'discord.js';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Fault } from '#domain/fault.ts';
import type { Form } from '#domain/reply.ts';
import { lostAnswer, unknownInteraction } from '#test/support/discord/answers.ts';
import { postButtons } from '#test/support/discord/buttons.ts';
import { alertBot, channels, people, roles } from '#test/support/discord/guild.ts';
import type { Answered } from '#test/support/discord/interact.ts';
import {
  type Answer,
  openTestHearing,
  type TestHearing,
  workspace,
} from '#test/support/discord/open-test-hearing.ts';
import { callbackType } from '#test/support/discord/plays/interactions.ts';
import { type SeenMessage, wordsOf } from '#test/support/discord/screen.ts';
import { eventually } from '#test/support/slack/team.ts';

const id = '00000000-0000-7000-8000-00000000000a';
const reply = {
  summary: 'for you alone',
  tone: 'plain',
  blocks: [{ kind: 'text', line: ['for you alone'] }],
} as const;
const form = {
  action: { verb: 'run', id: `${id}/${id}` },
  title: 'Disk full',
  intro: '',
  submitLabel: 'Go',
  fields: [
    { name: 'path', label: 'path', hint: '', initial: '/var', required: true, kind: 'text', lines: 'one' },
  ],
} as const satisfies Form;
const verbs = ['approve', 'use', 'run', 'more', 'skip'];
const accepted: Answer = async () => ({ kind: 'accepted' });

describe('a press', () => {
  let test: TestHearing;
  let card: SeenMessage;
  let answer: Answer = accepted;
  beforeAll(async () => {
    test = await openTestHearing({ answer: (...given) => answer(...given) });
    const ids = verbs.map((verb) => `${verb}:${id}`);
    card = await postButtons(test.client, test.discord, channels.incidents, ids);
  });
  afterAll(() => test[Symbol.asyncDispose]());
  beforeEach(() => {
    answer = accepted;
    test.discord.proxy.rules = [];
  });
  const press = (verb: string, person: string = people.ada) => test.discord.people.press(person, card, verb);
  const told = async (person: string, words: RegExp) => {
    let found: SeenMessage | undefined;
    await eventually(async () => {
      found = (await test.discord.screen.ephemerals(person)).find((message) => words.test(wordsOf(message)));
      expect(found).toBeDefined();
    });
    return found as SeenMessage;
  };
  const handedIn = async ({ interaction }: Answered) => {
    const delivery = `interaction:${interaction}`;
    await eventually(() => expect(test.received.some((one) => one.delivery === delivery)).toBe(true));
    return test.received.find((one) => one.delivery === delivery)?.intent;
  };

  it('is acknowledged first, and then handed in with who pressed it as they are now', async () => {
    const order: string[] = [];
    answer = async () => {
      order.push(`kept after ${test.discord.world.callbacks.length} answers`);
      return { kind: 'accepted' };
    };
    const before = test.discord.world.callbacks.length;
    const pressed = await press('approve');
    expect(pressed.callback).toMatchObject({ type: callbackType.deferredUpdate });
    expect(await handedIn(pressed)).toEqual({
      kind: 'button-pressed',
      place: {
        workspace,
        channel: channels.incidents,
        channelName: 'incidents',
        open: true,
        thread: card.id,
        direct: false,
      },
      speaker: { externalId: people.ada, name: 'ada', standing: 'member', groups: [roles.approvers] },
      action: { verb: 'approve', id },
    });
    expect(order).toEqual([`kept after ${before + 1} answers`]);
    // The server's tokens end with the id of their interaction.
    expect(test.tokens.find(channels.incidents, people.ada)).toContain(pressed.interaction);
    // The card stays as it was.
    expect(
      (await test.discord.screen.messages(channels.incidents)).find((one) => one.id === card.id),
    ).toMatchObject({
      content: 'a card',
    });
  });

  it('that is only to be shown something is followed up for that person alone', async () => {
    answer = async () => ({ kind: 'shown', reply });
    expect((await press('approve')).callback.type).toBe(callbackType.deferredUpdate);
    expect(await told(people.ada, /for you alone/)).toMatchObject({ onlyFor: people.ada });
  });

  it('that opens a form is answered by the form, with nothing before', async () => {
    answer = async () => ({ kind: 'form', form });
    const { callback, modal } = await press('use');
    expect(callback).toMatchObject({ type: callbackType.modal, data: { custom_id: `run:${id}/${id}` } });
    expect(JSON.stringify(modal?.data)).toContain('/var');
  });

  it('that opens a form with more fields than Discord has room for is told so', async () => {
    const fields = Array.from({ length: 200 }, (_, n) => ({
      ...form.fields[0],
      name: `${'parameter'.repeat(8)}_${n}`,
    }));
    answer = async () => ({ kind: 'form', form: { ...form, fields } });
    expect((await press('use', people.vic)).callback).toMatchObject({
      type: callbackType.message,
      data: { flags: 64 },
    });
    await told(people.vic, /Not done/);
  });

  it('that may open a form and does not is acknowledged, or answered at once', async () => {
    expect((await press('use')).callback.type).toBe(callbackType.deferredUpdate);
    answer = async () => ({ kind: 'shown', reply });
    expect((await press('more', people.ben)).callback.type).toBe(callbackType.message);
    await told(people.ben, /for you alone/);
  });

  it('survives a core that is slow', { timeout: 20_000 }, async () => {
    answer = async (intent) => {
      await sleep(3500);
      return intent.kind === 'button-pressed' && intent.action.verb === 'use'
        ? { kind: 'form', form }
        : { kind: 'shown', reply };
    };
    const [approved, used] = await Promise.all([press('approve', people.rae), press('use', people.vic)]);
    expect(approved.callback.ms).toBeLessThan(3000);
    expect(used.callback).toMatchObject({ type: callbackType.deferredUpdate });
    expect(used.callback.ms).toBeLessThan(3000);
    await told(people.rae, /for you alone/);
    // Nothing can be opened after an acknowledgement, so the person is told to press again.
    await told(people.vic, /not ready in time.*again/s);
  });

  it.each(['approve', 'use'])(
    'of %s that cannot be kept is told to the person, who can press again',
    async (verb) => {
      answer = () =>
        Promise.reject(new Fault('unavailable', 'db-away', 'The database is away.', 'Look at it.'));
      await press(verb, people.max);
      const said = wordsOf(await told(people.max, /database is away/));
      expect(said).toMatch(/do it again/);
      expect(said).toContain('Look at it.');
      expect(test.missed).toEqual([]);
    },
  );

  it('counts once however often it comes, and a copy that another process answered is not answered', async () => {
    const pressed = await press('skip');
    await handedIn(pressed);
    const again = test.discord.world.callbacks.length;
    test.discord.proxy.copies = 2;
    const twice = await press('skip');
    test.discord.proxy.copies = 1;
    await handedIn(twice);
    await sleep(200);
    expect(
      test.received.filter(({ delivery }) => delivery === `interaction:${twice.interaction}`),
    ).toHaveLength(1);
    expect(test.discord.world.callbacks).toHaveLength(again + 1);
  });

  it('that Discord refuses to take as answered is not done', async () => {
    const before = test.received.length;
    test.discord.proxy.rules = [
      ({ route }) => (route.includes('/callback') ? unknownInteraction : undefined),
    ];
    await test.discord.people.pressOnly(people.ada, card, 'approve');
    await eventually(() => expect(test.discord.proxy.calls.at(-1)).toMatchObject({ status: 404 }));
    await sleep(100);
    expect(test.received).toHaveLength(before);
  });

  it('that Discord took as acknowledged, and whose answer was lost on the way, is done', async () => {
    const lose = { next: true };
    test.discord.proxy.rules = [
      ({ route }) => {
        if (!lose.next || !route.includes('/callback')) return undefined;
        lose.next = false;
        return lostAnswer;
      },
    ];
    expect(await handedIn(await press('approve', people.max))).toMatchObject({ action: { verb: 'approve' } });
  });

  it.each([
    ['in a form that was never drawn', 'format-disk:1'],
    ['of nothing', ''],
    ['with the beginning of another', 'approve'],
    ['to correct what was never wrong', 'again:format-disk:1'],
  ])('that is forged %s does nothing and says so', async (_, custom_id) => {
    const before = test.received.length;
    const { callbacks, twin } = test.discord.world;
    const forged = await twin.simulateInteraction({
      type: 3,
      channelId: channels.incidents,
      userId: people.vic,
      messageId: card.id,
      data: { custom_id, component_type: 2 },
    });
    await eventually(() =>
      expect(callbacks.find((one) => one.interaction === forged.id)).toMatchObject({
        type: callbackType.message,
        data: { flags: 64, allowed_mentions: { parse: [] } },
      }),
    );
    expect(test.received).toHaveLength(before);
  });

  it('in a thread is in the channel and the thread of it', async () => {
    const { channels: all, rest } = test.client;
    const root = (await test.discord.people.say(people.rae, 'disk full')).id;
    await rest.post(Routes.threads(channels.incidents, root), { body: { name: 'disk full' } });
    const place = { channel: channels.incidents, channelName: 'incidents', thread: root };
    const within = await postButtons(test.client, test.discord, root, [`approve:${id}`]);
    const pressed = await test.discord.people.press(people.ada, within, 'approve');
    expect(await handedIn(pressed)).toMatchObject({ place });
    all.cache.delete(root);
    const saved = await test.discord.people.command(people.ada, 'save', {}, root);
    expect(await handedIn(saved)).toMatchObject({ place });
    // What may open a form is handed in before its answer, and can be shown more after it.
    await eventually(() => expect(test.tokens.find(root, people.ada)).toContain(saved.interaction));
  });

  it('of a program is a program’s', async () => {
    expect(await handedIn(await press('approve', alertBot))).toMatchObject({
      speaker: { externalId: alertBot, standing: 'bot', groups: [] },
    });
  });
});

describe('a form', () => {
  let test: TestHearing;
  let answer: Answer = accepted;
  beforeAll(async () => {
    test = await openTestHearing({ answer: (...given) => answer(...given) });
  });
  afterAll(() => test[Symbol.asyncDispose]());
  const last = () => test.received.at(-1)?.intent;

  it('comes back with its values, and when they are wrong with a button that opens it anew', async () => {
    const card = await postButtons(test.client, test.discord, channels.incidents, [`use:${id}`]);
    answer = async (intent) => {
      if (intent.kind === 'button-pressed') return { kind: 'form', form };
      return { kind: 'invalid', errors: { path: 'it must be absolute' } };
    };
    const { modal } = await test.discord.people.press(people.rae, card, 'use');
    if (!modal) throw new Error('no form');
    const submitted = await test.discord.people.submit(modal, { path: 'var log' });
    expect(submitted.callback.type).toBe(callbackType.deferredUpdate);
    await eventually(() =>
      expect(last()).toMatchObject({
        kind: 'form-submitted',
        action: form.action,
        values: { path: 'var log' },
        place: { channel: channels.incidents, thread: card.id },
      }),
    );
    let invalid: SeenMessage | undefined;
    await eventually(async () => {
      invalid = (await test.discord.screen.ephemerals(people.rae)).at(-1);
      expect(invalid && wordsOf(invalid)).toContain('it must be absolute');
    });
    const opened = await test.discord.people.press(people.rae, invalid as SeenMessage, 'again');
    // The action of a form carries more than the button that opens it.
    expect(last()).toMatchObject({
      kind: 'button-pressed',
      action: { verb: 'run', id },
      place: { thread: null },
    });
    expect(JSON.stringify(opened.modal?.data)).toContain('var log');
    answer = accepted;
    if (!opened.modal) throw new Error('no form');
    expect((await test.discord.people.submit(opened.modal, { path: '/var/log' })).callback.type).toBe(
      callbackType.deferredUpdate,
    );
    await eventually(() => expect(last()).toMatchObject({ values: { path: '/var/log' } }));
  });

  it('of a command is taken with a word for the person alone', async () => {
    answer = async (intent) =>
      intent.kind === 'command-given' ? { kind: 'form', form } : { kind: 'accepted' };
    const { modal } = await test.discord.people.command(people.ben, 'run', { runbook: 'disk-full' });
    if (!modal) throw new Error('no form');
    const { callback } = await test.discord.people.submit(modal);
    expect(callback).toMatchObject({ type: callbackType.deferredMessage, data: { flags: 64 } });
    await eventually(async () =>
      expect((await test.discord.screen.ephemerals(people.ben)).map(wordsOf).join()).toContain('Taken.'),
    );
  });
});
