import { describe, expect, it } from 'vitest';
import { bot } from '#adapters/playground/options.ts';
import { renderCard } from '#adapters/playground/render/card.ts';
import { renderForm, renderFormErrors } from '#adapters/playground/render/form.ts';
import { markup, writeHtml } from '#adapters/playground/render/html.ts';
import { renderRootMessage, renderThreadMessage } from '#adapters/playground/render/message.ts';
import { renderChange } from '#adapters/playground/render/panes.ts';
import { showHidden } from '#adapters/playground/render/show-hidden.ts';
import { absoluteTime, relativeTime } from '#adapters/playground/render/time.ts';
import type { Viewer } from '#adapters/playground/render/viewer.ts';
import { readAction } from '#domain/action.ts';
import type { Block, Reply } from '#domain/reply.ts';
import type { LoggedMessage } from '#ports/conversation-log.ts';
import {
  failedStep,
  parameterForm,
  recommendation,
  runningStep,
  stepCard,
  verdictCard,
} from '#test/fixtures/playground-replies.ts';
import { people } from '#test/support/playground.ts';

const at = Date.UTC(2026, 2, 1, 2, 14, 7);
const viewer: Viewer = { person: people[0], people, now: at + 5 * 60_000 };
const card = (reply: Reply) => writeHtml(renderCard(reply, 'm1', viewer));
const cardOf = (...blocks: Block[]) => card({ summary: '', tone: 'plain', blocks });
const hostile = '</pre><script>alert(1)</script>"\'&';

const message = (change: Partial<LoggedMessage>): LoggedMessage => ({
  id: 'm1',
  channel: 'incidents',
  thread: 't1',
  author: bot,
  body: { kind: 'text', text: 'hello' },
  onlyFor: null,
  reactions: {},
  at,
  editedAt: null,
  ...change,
});

describe('a card', () => {
  it('draws the three solutions with what decides between them, and their buttons', async () => {
    const drawn = await card(recommendation);
    for (const text of ['1. Disk full on a web host', '87 %', 'worked 18 of 20', '@sre', 'Not this']) {
      expect(drawn).toContain(text);
    }
    const actions = [...drawn.matchAll(/action&quot;:&quot;([^&]+)/g)].map((match) =>
      readAction(match[1] ?? ''),
    );
    expect(actions.map((action) => action?.verb)).toEqual(['use', 'dismiss', 'use', 'dismiss']);
  });

  it.each([
    ['waiting', 'Waiting for a person', stepCard],
    ['active', 'In progress', runningStep],
    ['good', 'Good', verdictCard],
    ['bad', 'Problem', failedStep],
  ] as const)('says %s in a word, not only in a colour', async (tone, word, reply) => {
    const drawn = await card(reply);
    expect(drawn).toContain(`tone-${tone}`);
    expect(drawn).toContain(word);
  });

  it('escapes every text', async () => {
    const line = [
      hostile,
      { kind: 'bold', text: hostile },
      { kind: 'code', text: hostile },
      { kind: 'person', externalId: hostile, name: hostile },
      { kind: 'link', label: hostile, url: `https://runbooks.example.com/${hostile}` },
    ] as const;
    const drawn = await cardOf(
      { kind: 'heading', text: hostile },
      { kind: 'text', line },
      { kind: 'note', line },
      { kind: 'list', items: [line] },
      { kind: 'fields', fields: [{ name: hostile, value: line }] },
      { kind: 'code', role: 'command', text: hostile },
      { kind: 'code', role: 'output', text: hostile },
      { kind: 'file', name: hostile, text: hostile },
      {
        kind: 'buttons',
        buttons: [{ action: { verb: 'use', id: hostile }, label: hostile, style: 'plain' }],
      },
    );
    expect(drawn).not.toContain('<script');
    expect(drawn.match(/<\/pre>/g)).toHaveLength(3);
  });

  it.each(['javascript:alert(1)', 'data:text/html,x', '//evil.example.com', 'not an address'])(
    'makes no link of %s',
    async (url) => {
      const drawn = await cardOf({ kind: 'text', line: [{ kind: 'link', label: 'source', url }] });
      expect(drawn).not.toContain('<a ');
      expect(drawn).toContain('source');
    },
  );
});

describe('hidden characters', () => {
  const shown = async (text: string, role: 'command' | 'output') =>
    (await writeHtml(markup`${showHidden(text, role)}`)).replaceAll(/<\/?mark[^>]*>/g, '|');

  it.each([
    ['a\u{202E}b', 'a|\\u{202E}|b'],
    ['a\u{200B}b', 'a|\\u{200B}|b'],
    ['a\u{7}b', 'a|\\u{0007}|b'],
    ['a\rb', 'a|\\u{000D}|b'],
    ['a\u{A0}b', 'a|\\u{00A0}|b'],
    ['a\u{2028}b', 'a|\\u{2028}|b'],
    ['a\u{E0041}b', 'a|\\u{E0041}|b'],
    ['a\u{3164}b', 'a|\\u{3164}|b'],
    ['a\u{2066}\u{FEFF}b', 'a|\\u{2066}||\\u{FEFF}|b'],
    ['a b\nc é 漢', 'a b\nc é 漢'],
  ])('%j is shown as %j', async (text, expected) => {
    expect(await shown(text, 'command')).toBe(expected);
    expect(await shown(text, 'output')).toBe(expected);
  });

  it('a tab is shown in a command and kept in output', async () => {
    expect(await shown('a\tb', 'command')).toBe('a|\\u{0009}|b');
    expect(await shown('a\tb', 'output')).toBe('a\tb');
  });
});

describe('a message', () => {
  it('labels what one person alone sees', async () => {
    const drawn = await writeHtml(renderThreadMessage(message({ onlyFor: 'vic' }), viewer));
    expect(drawn).toContain('Only you can see this');
    expect(await writeHtml(renderThreadMessage(message({}), viewer))).not.toContain('Only you');
  });

  it('escapes what people wrote, their names too', async () => {
    const author = { externalId: 'x', name: hostile, isBot: false };
    const drawn = await writeHtml(
      renderThreadMessage(message({ author, body: { kind: 'text', text: hostile } }), viewer),
    );
    expect(drawn).not.toContain('<script');
  });

  it('shows who reacted, and offers to take back what is one’s own', async () => {
    const drawn = await writeHtml(
      renderThreadMessage(message({ reactions: { '👍': ['vic', 'rae'] } }), viewer),
    );
    expect(drawn).toContain('aria-label="👍 by Vic, Rae"');
    expect(drawn).toContain('&quot;👍&quot;,&quot;change&quot;:&quot;removed&quot;');
    expect(drawn).toContain('&quot;👎&quot;,&quot;change&quot;:&quot;added&quot;');
  });

  it('tells how long ago, with the moment itself in the title', async () => {
    const drawn = await writeHtml(renderRootMessage(message({ thread: null }), 1, viewer));
    expect(drawn).toContain('title="2026-03-01 02:14:07 UTC">5 min ago');
    expect(drawn).toContain('>1 reply</a>');
    expect(absoluteTime(at)).toBe('2026-03-01 02:14:07 UTC');
  });

  it.each([
    [59_000, 'just now'],
    [60_000, '1 min ago'],
    [3_600_000, '1 h ago'],
    [2 * 86_400_000, '2 d ago'],
    [-5_000, 'just now'],
  ])('%d ms are "%s"', (age, words) => {
    expect(relativeTime(at, at + age)).toBe(words);
  });
});

describe('a change on an open page', () => {
  const view = { channel: 'incidents', thread: 't1' };
  const change = (one: LoggedMessage, known: Set<string>, where = view) =>
    writeHtml(renderChange({ message: one, replies: 3 }, where, viewer, known));

  it('adds a new reply once and then replaces it', async () => {
    const known = new Set<string>();
    expect(await change(message({}), known)).toContain('hx-target="#thread-list" hx-swap="beforeend"');
    const again = await change(message({}), known);
    expect(again).toContain('hx-target="#t-m1" hx-swap="outerMorph"');
    expect(again).toContain('3 replies');
  });

  it('says nothing to a page of another channel', async () => {
    expect(await change(message({}), new Set(), { channel: 'general', thread: 'other' })).toBe('');
  });

  it('shows a root in the channel and in its own thread', async () => {
    const drawn = await change(message({ id: 't1', thread: null }), new Set(['t-t1']));
    expect(drawn).toContain('hx-target="#channel-list" hx-swap="beforeend"');
    expect(drawn).toContain('hx-target="#t-t1" hx-swap="outerMorph"');
  });
});

describe('a form', () => {
  it('labels every field and ties hint and error to it', async () => {
    const drawn = await writeHtml(
      renderForm(parameterForm, { message: 'm1', channel: 'incidents', thread: null }, viewer),
    );
    const ids = [...drawn.matchAll(/<(?:input type="text"|select) id="([^"]+)"/g)].map((match) => match[1]);
    expect(ids).toHaveLength(3);
    for (const id of ids) {
      expect(drawn).toContain(`<label for="${id}">`);
      expect(drawn).toContain(`${id}-error"`);
    }
    expect(drawn).toContain('<option value="demo-web-01" selected>');
    expect(drawn).toContain('value="/var/log"');
  });

  it('puts each error beside its field, clears the others and keeps what has no field', async () => {
    const pieces = await Promise.all(
      renderFormErrors({ path: 'Must be a path.', gone: 'Choose again.' }, ['host', 'path']).map(writeHtml),
    );
    expect(pieces).toHaveLength(3);
    expect(pieces[0]).toMatch(/textContent"><\/hx-partial>$/);
    expect(pieces[1]).toContain('>Must be a path.<');
    expect(pieces[2]).toBe('<p>gone: Choose again.</p>');
  });
});
