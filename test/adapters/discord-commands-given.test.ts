import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { messageMenus } from '#adapters/discord/commands.ts';
import type { Form } from '#domain/reply.ts';
import type { Inquiry } from '#ports/inbound.ts';
import { channels, otherChannel, people, roles } from '#test/support/discord/guild.ts';
import {
  type Answer,
  openTestHearing,
  type TestHearing,
  workspace,
} from '#test/support/discord/open-test-hearing.ts';
import { callbackType } from '#test/support/discord/plays/interactions.ts';
import { type SeenMessage, wordsOf } from '#test/support/discord/screen.ts';
import { eventually } from '#test/support/slack/team.ts';

const reply = {
  summary: 'for you alone',
  tone: 'plain',
  blocks: [{ kind: 'text', line: ['for you alone'] }],
} as const;
const hosts = { kind: 'choice', options: ['web-01', 'web-02'] } as const;
const field = { hint: '', initial: '', required: true } as const;
const form = {
  action: { verb: 'run', id: '00000000-0000-7000-8000-00000000000a' },
  title: 'Disk full',
  intro: '',
  submitLabel: 'Go',
  fields: [
    { ...field, name: 'path', label: 'path', kind: 'text', lines: 'one' },
    { ...field, name: 'target', label: 'target', ...hosts },
    { ...field, name: 'other', label: 'other', ...hosts },
  ],
} as const satisfies Form;
const shown: Answer = async () => ({ kind: 'shown', reply });
const { incidents } = channels;

describe('/recourse', () => {
  let test: TestHearing;
  let answer: Answer = shown;
  const inquiries: Inquiry[] = [];
  const suggestions = Array.from({ length: 40 }, (_, index) => ({
    label: `Disk ${index}`,
    value: `disk-${index}`,
  }));
  beforeAll(async () => {
    test = await openTestHearing({
      answer: (...given) => answer(...given),
      suggest: async (inquiry) => {
        inquiries.push(inquiry);
        if (inquiry.typed === 'broken') throw new Error('no database');
        return [
          { label: 'x'.repeat(300), value: 'long-label' },
          { label: 'long', value: 'y'.repeat(101) },
          ...suggestions,
        ];
      },
    });
  });
  afterAll(() => test[Symbol.asyncDispose]());
  beforeEach(() => {
    answer = shown;
  });
  const last = () => test.received.at(-1)?.intent;
  const given = () => {
    const intent = last();
    return intent?.kind === 'command-given' ? intent.text : undefined;
  };
  const told = (person: string, words: string) =>
    eventually(async () =>
      expect((await test.discord.screen.ephemerals(person)).map(wordsOf).join('\n')).toContain(words),
    );

  it.each([
    ['ask', { text: 'web-01 is down' }, 'ask web-01 is down'],
    [
      'ask',
      { text: `<#${incidents}> <@&${roles.responders}> <:fire:5>` },
      'ask #incidents @responders :fire:',
    ],
    ['runbooks', {}, 'runbooks'],
    ['runbooks', { words: 'disk full' }, 'runbooks disk full'],
    ['runs', {}, 'runs'],
    ['insights', {}, 'insights'],
    ['insights', { days: '7' }, 'insights 7'],
    ['review', {}, 'review'],
    ['review', { words: 'db/slow' }, 'review db/slow'],
    ['help', {}, 'help'],
    ['mode', {}, 'mode'],
    [
      'mode',
      { quiet: '22:00-07:00 Europe/Berlin', mode: 'suggest' },
      'mode suggest quiet 22:00-07:00 Europe/Berlin',
    ],
    ['mode', { quiet: 'off' }, 'mode quiet off'],
    ['freeze', { time: '2h', reason: 'upgrade', state: 'on' }, 'freeze on 2h upgrade'],
    ['role', {}, 'role'],
    ['role', { role: 'approver', person: people.ada }, `role user:${people.ada} approver`],
    ['role', { group: roles.approvers, role: 'none' }, `role group:${roles.approvers} none`],
    ['role', { channel: incidents, role: 'responder' }, `role channel:${incidents} responder`],
  ])('%s %o is the text that the core reads', async (path, options, text) => {
    const { callback, interaction } = await test.discord.people.command(people.rae, path, options);
    expect(callback).toMatchObject({ type: callbackType.deferredMessage, data: { flags: 64 } });
    await eventually(() => expect(test.received.at(-1)?.delivery).toBe(`interaction:${interaction}`));
    expect(given()).toBe(text);
    expect(last()).toMatchObject({
      place: { workspace, channel: incidents, channelName: 'incidents', thread: null, direct: false },
      speaker: { externalId: people.rae, standing: 'member', groups: [roles.responders] },
    });
    await told(people.rae, 'for you alone');
  });

  it('home opens what is the App Home elsewhere, for the person alone', async () => {
    const { callback } = await test.discord.people.command(people.ben, 'home');
    expect(callback).toMatchObject({ type: callbackType.deferredMessage, data: { flags: 64 } });
    await told(people.ben, 'for you alone');
    expect(last()).toMatchObject({ kind: 'home-opened', place: { workspace } });
  });

  it('run opens the form, with the host that was named in the first field that offers it', async () => {
    answer = async () => ({ kind: 'form', form });
    const { modal } = await test.discord.people.command(people.rae, 'run', {
      runbook: 'disk-full',
      host: 'web-02',
    });
    expect(given()).toBe('run disk-full');
    const components = JSON.parse(JSON.stringify(modal?.data.components ?? []));
    const chosen = components.flatMap(
      (label: { component?: { custom_id: string; options?: { default?: boolean; value: string }[] } }) =>
        (label.component?.options ?? [])
          .filter((option) => option.default)
          .map((option) => [label.component?.custom_id, option.value]),
    );
    expect(chosen).toEqual([['target', 'web-02']]);
  });

  it.each([
    ['run', { runbook: 'disk' }],
    ['save', {}],
  ])('%s that has no form is answered at once', async (path, options) => {
    const { callback } = await test.discord.people.command(people.rae, path, options);
    expect(callback).toMatchObject({ type: callbackType.message, data: { flags: 64 } });
  });

  it('suggests what the core does, within what Discord takes', async () => {
    const choices = await test.discord.people.suggestions(people.rae, 'run', 'runbook', 'dis');
    expect(choices).toHaveLength(25);
    expect(choices[0]).toMatchObject({ value: 'long-label', name: expect.stringMatching(/^x{99}…$/) });
    expect(choices[1]).toEqual({ name: 'Disk 0', value: 'disk-0' });
    expect(inquiries.at(-1)).toMatchObject({
      about: 'runbook',
      typed: 'dis',
      place: { channel: incidents },
      speaker: { externalId: people.rae, groups: [roles.responders] },
    });
    await test.discord.people.suggestions(people.rae, 'run', 'host', 'web', {
      others: { runbook: 'disk-full' },
    });
    expect(inquiries.at(-1)).toMatchObject({ about: 'host', typed: 'web' });
  });

  it('suggests nothing when that fails', async () => {
    expect(await test.discord.people.suggestions(people.rae, 'run', 'runbook', 'broken')).toEqual([]);
  });

  it('in the menu of a message asks about it, or keeps its thread as a case', async () => {
    const { id } = await test.discord.people.say(people.ben, 'web-01 is down');
    const message = (await test.discord.screen.messages(incidents)).find(
      (one) => one.id === id,
    ) as SeenMessage;
    answer = async () => ({ kind: 'accepted' });
    const asked = await test.discord.people.menu(people.rae, messageMenus.ask, message);
    expect(asked.callback.type).toBe(callbackType.deferredMessage);
    await told(people.rae, 'Taken.');
    expect(last()).toMatchObject({
      kind: 'message-posted',
      id,
      text: 'web-01 is down',
      mentionsBot: true,
      speaker: { externalId: people.rae },
      place: { channel: incidents, thread: id },
    });
    answer = async () => ({ kind: 'form', form });
    const saved = await test.discord.people.menu(people.rae, messageMenus.saveCase, message);
    expect(saved.modal?.data.title).toBe('Disk full');
    expect(last()).toMatchObject({
      kind: 'button-pressed',
      action: { verb: 'save-case', id },
      place: { channel: incidents, thread: id },
    });
  });

  it('in a guild that is not served does nothing and says so', async () => {
    const before = [test.received.length, inquiries.length];
    const { callback } = await test.discord.people.command(people.rae, 'runs', {}, otherChannel);
    expect(callback).toMatchObject({ type: callbackType.message, data: { flags: 64 } });
    await told(people.rae, 'does not work here');
    const where = { others: {}, channel: otherChannel };
    expect(await test.discord.people.suggestions(people.rae, 'run', 'runbook', 'dis', where)).toEqual([]);
    expect([test.received.length, inquiries.length]).toEqual(before);
  });
});
