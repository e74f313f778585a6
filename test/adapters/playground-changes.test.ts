import { afterEach, beforeEach, expect, it } from 'vitest';
import type { LoggedMessage } from '#ports/conversation-log.ts';
import type { Received } from '#ports/inbound.ts';
import { openTestPlayground, type TestPlayground, token } from '#test/support/playground.ts';

let playground: TestPlayground;
let answer: () => Promise<Received>;
let id: string;
beforeEach(async () => {
  answer = async () => ({ kind: 'accepted' });
  playground = await openTestPlayground(() => answer());
  const said = await post('messages', { channel: 'incidents', thread: '', text: 'disk is ful on web-01' });
  id = String(said.body.id);
});
afterEach(() => playground[Symbol.asyncDispose]());

const post = async (path: string, fields: Readonly<Record<string, string>>) => {
  const response = await playground.call(`/playground/${path}`, { person: 'rae', ...fields });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
};
const page = async (path: string, fields: Readonly<Record<string, string>> = {}) => {
  const response = await fetch(`http://${playground.host}${path}`, {
    method: path.startsWith('/?') ? 'GET' : 'POST',
    headers: { Authorization: `Bearer ${token}`, 'hx-request': 'true' },
    ...(!path.startsWith('/?') && { body: new URLSearchParams({ person: 'rae', message: id, ...fields }) }),
  });
  return { status: response.status, headers: response.headers, text: await response.text() };
};
const bodyOf = async (): Promise<LoggedMessage['body'] | undefined> =>
  (await playground.log.find(playground.workspace, id))?.body;
const newest = () => playground.received.at(-1)?.intent;

it('edits one’s own message and tells the core', async () => {
  const edited = await post('edits', { message: id, text: '@recourse disk is full on web-01' });
  expect(edited).toMatchObject({ status: 202, body: { kind: 'accepted' } });
  expect(newest()).toMatchObject({
    kind: 'message-edited',
    id,
    place: { channel: 'incidents', thread: null, channelName: 'incidents' },
    speaker: { externalId: 'rae' },
    text: '@recourse disk is full on web-01',
    mentionsBot: true,
  });
  expect(await bodyOf()).toEqual({ kind: 'text', text: '@recourse disk is full on web-01' });
});

it('asks the page for the text in a dialog, and closes it when it was taken', async () => {
  const asked = await page('/playground/edits');
  expect(asked.headers.get('hx-retarget')).toBe('#dialog');
  expect(asked.text).toMatch(/<textarea[^>]*>disk is ful on web-01<\/textarea>/);
  expect(await page('/playground/edits', { text: ' ' })).toMatchObject({
    status: 400,
    text: expect.stringContaining('Nothing to send'),
  });
  const saved = await page('/playground/edits', { text: 'disk is full' });
  expect({ status: saved.status, text: saved.text }).toEqual({ status: 200, text: '' });
});

it('deletes one’s own message, whose place stays, and makes it no message again', async () => {
  expect((await post('deletions', { message: id })).status).toBe(202);
  expect(newest()).toMatchObject({ kind: 'message-deleted', id, place: { thread: null } });
  expect(await bodyOf()).toEqual({ kind: 'deleted' });
  expect((await page('/?person=rae&channel=incidents')).text).toContain('This message was deleted.');
  for (const path of ['edits', 'deletions', 'asks'])
    expect((await post(path, { message: id, text: 'again' })).status).toBe(400);
  await post('messages', { channel: 'incidents', thread: '', text: 'again', id });
  expect(await bodyOf()).toEqual({ kind: 'deleted' });
});

it('lets nobody change what another wrote, but ask about it', async () => {
  for (const path of ['edits', 'deletions'])
    expect((await post(path, { person: 'ada', message: id, text: 'mine' })).status).toBe(400);
  expect(await bodyOf()).toEqual({ kind: 'text', text: 'disk is ful on web-01' });
  expect((await post('asks', { person: 'ada', message: id })).status).toBe(202);
  expect(newest()).toMatchObject({
    kind: 'message-posted',
    id,
    place: { channel: 'incidents', thread: id },
    speaker: { externalId: 'ada' },
    text: 'disk is ful on web-01',
    mentionsBot: true,
  });
});

it('leaves a message as it is when the core does not take the change', async () => {
  answer = () => Promise.reject(new Error('away'));
  expect((await post('edits', { message: id, text: 'disk is full' })).status).toBe(500);
  expect((await post('deletions', { message: id })).status).toBe(500);
  expect(await bodyOf()).toEqual({ kind: 'text', text: 'disk is ful on web-01' });
});

it('offers on each message what this person may do with it', async () => {
  const items = async (person: string) => {
    const { text } = await page(`/?person=${person}&channel=incidents`);
    return [...text.matchAll(/hx-post="\/playground\/(asks|edits|deletions)"/g)].map((match) => match[1]);
  };
  expect(await items('rae')).toEqual(['asks', 'edits', 'deletions']);
  expect(await items('ada')).toEqual(['asks']);
});
