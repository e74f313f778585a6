import { afterEach, beforeEach, expect, it } from 'vitest';
import type { ChatIntent } from '#domain/intent.ts';
import type { Form } from '#domain/reply.ts';
import type { LoggedMessage } from '#ports/conversation-log.ts';
import type { Received } from '#ports/inbound.ts';
import { parameterForm } from '#test/fixtures/playground-replies.ts';
import { openTestPlayground, type TestPlayground, token } from '#test/support/playground.ts';
import { someReply } from '#test/support/rows.ts';

let playground: TestPlayground;
let answer: (intent: ChatIntent) => Received;
beforeEach(async () => {
  answer = () => ({ kind: 'shown', reply: someReply('for you') });
  playground = await openTestPlayground(async (intent) => answer(intent));
});
afterEach(() => playground[Symbol.asyncDispose]());

const post = async (path: string, body: object) => {
  const response = await playground.call(`/playground/${path}`, {
    person: 'rae',
    channel: 'incidents',
    ...body,
  });
  return { status: response.status, body: (await response.json()) as { readonly form?: Form } };
};
const roots = async (person: string) => {
  const response = await playground.call(`/playground/channel?channel=incidents&person=${person}`);
  return ((await response.json()) as { readonly roots: readonly { readonly message: LoggedMessage }[] })
    .roots;
};
const page = async (path: string, body?: Record<string, string>) => {
  const response = await fetch(`http://${playground.host}${path}`, {
    method: body ? 'POST' : 'GET',
    headers: { Authorization: `Bearer ${token}`, 'hx-request': 'true' },
    ...(body && { body: new URLSearchParams(body) }),
  });
  return { status: response.status, headers: response.headers, text: await response.text() };
};

it('takes /recourse for a command, whose text stands nowhere and whose answer one person sees', async () => {
  const { status, body } = await post('messages', { text: '/recourse runbooks disk' });
  expect({ status, body }).toMatchObject({ status: 200, body: { kind: 'shown' } });
  expect(playground.received).toMatchObject([
    { intent: { kind: 'command-given', text: 'runbooks disk', place: { thread: null } } },
  ]);
  expect(await roots('rae')).toMatchObject([
    { message: { onlyFor: 'rae', body: { reply: { summary: 'for you' } } } },
  ]);
  expect(await roots('ada')).toEqual([]);
});

it.each(['/recoursed', 'see /recourse help', '@recourse help'])('takes %j for a message', async (text) => {
  answer = () => ({ kind: 'accepted' });
  await post('messages', { text });
  expect(playground.received[0]?.intent.kind).toBe('message-posted');
});

it('opens the form of a command, and hands it in from where the command was given', async () => {
  answer = (intent) =>
    intent.kind === 'command-given' ? { kind: 'form', form: parameterForm } : { kind: 'accepted' };
  expect((await post('messages', { text: '/recourse run disk' })).body.form).toEqual(parameterForm);
  const action = `parameters:${parameterForm.action.id}`;
  const filled = { message: '', thread: '', action, delivery: 'delivery-1', values: { path: '/srv' } };
  expect((await post('forms', filled)).status).toBe(202);
  expect(playground.received[1]?.intent).toMatchObject({
    kind: 'form-submitted',
    place: { channel: 'incidents', thread: null },
    values: { path: '/srv' },
  });
  expect((await post('forms', { ...filled, channel: 'nowhere' })).status).toBe(404);
  const drawn = await page('/playground/messages', {
    person: 'rae',
    channel: 'incidents',
    thread: '',
    text: '/recourse run disk',
  });
  expect(drawn.headers.get('hx-retarget')).toBe('#dialog');
  expect(drawn.text).toContain('name="channel" value="incidents"');
});

it('draws a field of many lines as a text area', async () => {
  const field = { name: 'why', label: 'Why', hint: '', initial: '<b>', required: true } as const;
  answer = () => ({
    kind: 'form',
    form: { ...parameterForm, fields: [{ ...field, kind: 'text', lines: 'many' }] },
  });
  const drawn = await page('/playground/messages', {
    person: 'rae',
    channel: 'incidents',
    thread: '',
    text: '/recourse save',
  });
  expect(drawn.text).toMatch(/<textarea[^>]*>&lt;b&gt;<\/textarea>/);
});

it('suggests names for the command that wants one, and for no other text', async () => {
  playground = await openTestPlayground(undefined, async ({ about, typed, speaker }) => [
    { label: `<${about}>`, value: `${speaker.externalId}:${typed}` },
  ]);
  const ask = async (text: string) => {
    const query = new URLSearchParams({ person: 'ada', channel: 'incidents', text });
    return (await playground.call(`/playground/suggestions?${query}`)).json();
  };
  expect(await ask('/recourse run di')).toEqual({ suggestions: [{ label: '<runbook>', value: 'ada:di' }] });
  for (const other of ['/recourse run', '/recourse runs di', 'run di', ''])
    expect(await ask(other)).toEqual({ suggestions: [] });
  const drawn = await page('/playground/suggestions?person=ada&channel=incidents&text=/recourse%20run%20di');
  expect(drawn.text).toContain('data-fill="/recourse run ada:di"');
  expect(drawn.text).toContain('&lt;runbook&gt;');
});

it('has a home page for each person, with links into threads', async () => {
  const place = { kind: 'place', label: 'disk <full>', channel: 'incidents', thread: 't-1' } as const;
  answer = () => ({
    kind: 'shown',
    reply: { summary: 'home', tone: 'plain', blocks: [{ kind: 'text', line: [place] }] },
  });
  const { text } = await page('/?person=ada&home=1');
  expect(text).toContain('href="/?person=ada&amp;channel=incidents&amp;thread=t-1"');
  expect(text).toContain('disk &lt;full&gt;');
  expect(playground.received).toMatchObject([
    { intent: { kind: 'home-opened', speaker: { externalId: 'ada' } } },
  ]);
  const response = await playground.call('/playground/home?person=rae');
  expect(await response.json()).toMatchObject({ person: 'rae', reply: { summary: 'home' } });
});
