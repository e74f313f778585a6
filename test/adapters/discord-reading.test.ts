import { describe, expect, it } from 'vitest';
import { fillIn } from '#adapters/discord/inbound/fill-in.ts';
import { readBackReactions } from '#adapters/discord/inbound/read-back-reactions.ts';
import { readContent } from '#adapters/discord/inbound/read-content.ts';
import { callsBot, readText } from '#adapters/discord/inbound/read-text.ts';

const knowledge = {
  self: '1',
  guild: '9',
  names: {
    channel: (id: string) => (id === '20' ? 'incidents' : undefined),
    role: (_: string, id: string) => (id === '30' ? 'sre' : undefined),
    botRole: () => '31',
  },
};
const user = { id: '2', username: 'ada', global_name: 'Ada', discriminator: '0', avatar: null };
const mentions = [user, { ...user, id: '3', member: { nick: 'Benny' } }] as never;

describe('text of Discord', () => {
  it.each([
    ['<@1> disk <full> & <b', 'disk <full> & <b'],
    ['<@2> <@!3> <@4> <#20> <#21>', '@Ada @Benny @4 #incidents #21'],
    ['<@&30> <@&32> <@&31> down', '@sre @32   down'],
    ['<:fire:5> <a:spin:6> 👍🏽', ':fire: :spin: 👍🏽'],
    [
      '</recourse run:7> at <t:0> <t:0:R>',
      '/recourse run at 1970-01-01T00:00:00.000Z 1970-01-01T00:00:00.000Z',
    ],
    ['<t:9999999999999>', '<t:9999999999999>'],
    ['<https://a.example/x?y=1>', 'https://a.example/x?y=1'],
    ['**bold** `<@2>` [x](https://a.example)', '**bold** `@Ada` [x](https://a.example)'],
  ])('%s', (raw, read) => expect(readText(raw, { ...knowledge, mentions })).toBe(read));

  it('calls the bot by itself or by its own role, and not by a reply', () => {
    for (const call of ['<@1> help', 'help <@!1>', '<@&31>']) expect(callsBot(call, knowledge)).toBe(true);
    for (const other of ['help', '<@12>', '<@&30>', '@recourse'])
      expect(callsBot(other, knowledge)).toBe(false);
  });
});

describe('all that a message says', () => {
  const message = {
    id: '5',
    type: 0,
    content: '',
    embeds: [],
    mentions: [],
    author: user,
  } as never as Parameters<typeof readContent>[0];
  const embeds = [{ author: { name: 'Grafana' }, title: 'DiskFull', description: 'web-01\nis full' }];

  it('is in the embeds of a program, and of a person only in their words', () => {
    const bot = { ...message, content: 'DiskFull', embeds, author: { ...user, bot: true } };
    expect(readContent(bot, knowledge)).toBe('DiskFull\nGrafana\nweb-01\nis full');
    expect(readContent({ ...message, content: 'see <https://a.example>', embeds }, knowledge)).toBe(
      'see https://a.example',
    );
  });

  it('is in the components of a program that has neither content nor embeds', () => {
    const text = (content: string) => ({ type: 10, content });
    const components = [
      text('DiskFull'),
      { type: 17, components: [{ type: 9, components: [text('web-01 is full')] }, { type: 14 }] },
      { type: 1, components: [{ type: 2, style: 1, label: 'Silence', custom_id: 'x' }] },
    ] as never;
    const bot = { ...message, components, author: { ...user, bot: true } };
    expect(readContent(bot, knowledge)).toBe('DiskFull\nweb-01 is full');
  });

  it('begins with the title of a post in a forum, and not with the name of another thread', () => {
    const post = { ...message, id: '20', channel_id: '20', content: 'see the graph' };
    expect(readContent(post, knowledge)).toBe('incidents\nsee the graph');
    expect(readContent({ ...post, id: '21' }, knowledge)).toBe('see the graph');
    expect(readContent({ ...post, id: '21', channel_id: '21' }, knowledge)).toBe('see the graph');
  });

  it('is what was forwarded, and what a thread was made on', () => {
    const message_snapshots = [{ message: { content: 'disk full', embeds } }] as never;
    expect(readContent({ ...message, message_snapshots }, knowledge)).toContain('disk full\nGrafana');
    const starter = {
      ...message,
      type: 21,
      referenced_message: { ...message, content: 'the question' },
    } as const;
    expect(readContent(starter, knowledge)).toBe('the question');
  });
});

describe('a form that is filled in', () => {
  const field = { label: '', hint: '', initial: '', required: true } as const;
  const fields = [
    { ...field, name: 'mode', kind: 'choice', options: ['fast'] },
    { ...field, name: 'target', kind: 'choice', options: ['web-01'] },
  ] as const;
  const form = { action: { verb: 'run', id: '1' }, title: '', intro: '', submitLabel: '', fields } as const;

  it('takes a host into the first field that offers it, and what was entered before any host', () => {
    expect(fillIn(form, {}, 'web-01')).toEqual({ target: 'web-01' });
    expect(fillIn(form, { target: 'web-02' }, 'web-01')).toEqual({ target: 'web-02' });
    expect(fillIn(form, {}, 'unknown')).toEqual({});
    expect(fillIn(form, {}, undefined)).toEqual({});
  });
});

describe('reactions that are read back', () => {
  it('are super reactions as well, which Discord lists apart', async () => {
    const id = String(BigInt(Date.now() - 1_420_070_400_000) << 22n);
    const received: unknown[] = [];
    const given = [['3'], ['1', '4']];
    const back = {
      reading: {
        self: '1',
        directGuild: null,
        workspaceOf: () => 'workspace',
        directory: { speaker: async (_: string, externalId: string) => ({ externalId }) },
        channels: { locate: async () => ({ channel: '20', thread: null }) },
      },
      history: {
        reactors: async (...[, , , type]: readonly number[]) => given[type ?? 0]?.map((id) => ({ id })),
      },
      hearing: { inbound: { receive: async (intent: unknown) => received.push(intent) } },
      heard: { lastAt: 0, reactions: [{ channel: '20', messageId: id, personExternalId: '6', emoji: '👍' }] },
      guild: '9',
      begunAt: 5,
    };
    const reaction = {
      emoji: { id: null, name: '👍' },
      count: 3,
      me: true,
      count_details: { normal: 1, burst: 2 },
    };
    await readBackReactions(back as never, { id, channel_id: '20', reactions: [reaction] } as never, {
      channel: '20',
      isOwn: true,
    });
    expect(received).toMatchObject([
      { speaker: { externalId: '3' }, emoji: '👍', change: 'added', at: 5 },
      { speaker: { externalId: '4' }, emoji: '👍', change: 'added', at: 5 },
      { speaker: { externalId: '6' }, emoji: '👍', change: 'removed', at: 5 },
    ]);
  });
});
