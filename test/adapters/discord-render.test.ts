import { describe, expect, it } from 'vitest';
import { limits } from '#adapters/discord/limits.ts';
import { type RenderedReply, renderPost, renderReply } from '#adapters/discord/render/render-reply.ts';
import { readAction } from '#domain/action.ts';
import type { Block, Button, Line, PostFile, Reply } from '#domain/reply.ts';
import { everyReply, stepCardOf } from '#test/fixtures/every-reply.ts';
import { messageFaults } from '#test/support/discord-limits.ts';
import { readMarkdown } from '#test/support/discord-markdown.ts';
import {
  allMarkdownIn,
  buttonsIn,
  fencesIn,
  markdownIn,
  verbsIn,
  wordsIn,
} from '#test/support/discord-message.ts';

const textIn = (file: PostFile | undefined) => (file?.kind === 'file' ? file.text : '');

const replyOf = (...blocks: Block[]): Reply => ({ summary: 'summary', tone: 'plain', blocks });
const drawn = (...blocks: Block[]) => renderReply(replyOf(...blocks));
const markdownOf = (...line: Line) => markdownIn(drawn({ kind: 'text', line }))[0] ?? '';
const button = (label: string, id: string): Button => ({
  action: { verb: 'use', id },
  label,
  style: 'primary',
});
const rowsOf = ({ components }: RenderedReply) =>
  components.map((row) => row.components.map((part) => ('label' in part ? part.label : '')));

const hostile = [
  '@everyone @here <@80351110224678912> <@!80351110224678912> <@&165511591545143296> <#103735883630395392>',
  '</run:816437322781949972> <id:customize> <t:1618953630:R> <:mmLol:216154654256398347> <a:b:392938283556143104> :tada:',
  'https://evil.example <https://evil.example> [your bank](https://evil.example) mailto:a@evil.example discord://-/x',
  '# big\n## less\n-# small\n- item\n* item\n1. first\n> quoted\n>>> all of it',
  '**bold** __x__ _y_ ~~z~~ ||hidden|| `code` ```sh\nblock\n``` \\ \\* \\<@80351110224678912>',
].join('\n');

describe('every reply of the domain', () => {
  it.each(Object.entries(everyReply))('%s: looks like this, and Discord takes it', (_name, reply) => {
    const { files, ...message } = renderPost(reply);
    expect(messageFaults(message, reply.calls)).toEqual([]);
    expect(messageFaults(renderReply(reply))).toEqual([]);
    expect({ ...message, files: files.map(({ name }) => name) }).toMatchSnapshot();
  });

  it.each([
    ['waiting', 'Waiting for a person'],
    ['active', 'In progress'],
    ['good', 'Good'],
    ['bad', 'Problem'],
  ] as const)('says %s in a word and in a colour', (tone, word) => {
    const { embeds } = renderReply({ ...replyOf({ kind: 'text', line: ['x'] }), tone });
    expect(embeds[0]?.author?.name).toContain(word);
    expect(embeds[0]?.color).toBeGreaterThan(0);
  });

  it('has a card of its own for each heading, and lines of text where those would be too many', () => {
    const headings = (count: number) =>
      Array.from({ length: count }, (_, index): Block => ({ kind: 'heading', text: `Part ${index}` }));
    expect(drawn(...headings(10)).embeds).toHaveLength(10);
    const [embed, ...others] = drawn(...headings(11)).embeds;
    expect(others).toEqual([]);
    expect(embed?.description).toContain('### Part 9\n### Part 10');
  });

  it('keeps a heading whole that is too long for a title', () => {
    const text = 'long '.repeat(60).trim();
    const [embed] = drawn({ kind: 'heading', text }, { kind: 'text', line: ['after'] }).embeds;
    expect(embed).toEqual({ description: `**${text}**\nafter` });
  });
});

describe('the text above the embeds, which is all that some people see', () => {
  const approvable: Block = {
    kind: 'buttons',
    buttons: [{ ...button('Approve', 's1'), action: { verb: 'approve', id: 's1' } }],
  };

  it('is the summary, also where there is nothing else', () => {
    expect(drawn({ kind: 'note', line: ['x'] }).content).toBe('summary');
    expect(drawn()).toMatchObject({ content: 'summary', embeds: [] });
    expect(drawn({ kind: 'divider' }, { kind: 'text', line: ['  '] })).toMatchObject({ embeds: [] });
    expect(renderReply({ ...replyOf(), summary: ' ' }).content).toBe('–');
  });

  it('is not said twice', () => {
    const notice: Reply = { ...replyOf({ kind: 'text', line: ['Saved.'] }), summary: 'Saved.' };
    expect(renderReply(notice)).toMatchObject({ content: 'Saved.', embeds: [] });
    expect(renderReply({ ...notice, tone: 'bad' }).embeds).toEqual([
      { color: 0xf23f43, author: { name: '✕ Problem' } },
    ]);
  });

  it('is cut where it is long, and then the embeds say all of it', () => {
    const summary = '\u{202E}'.repeat(300);
    const message = renderReply({ ...replyOf({ kind: 'text', line: [summary] }), summary });
    expect(messageFaults(message)).toEqual([]);
    expect(message.content).toMatch(/…$/);
    expect(message.embeds).toHaveLength(1);
  });

  it('tells who sees no embeds how to see what they would approve', () => {
    const summary = '\u{202E}'.repeat(300);
    const message = renderReply({ ...replyOf(approvable), summary });
    expect(message.content).toContain('\n-# No card below? Turn on embeds');
    expect(messageFaults(message)).toEqual([]);
    expect(drawn({ kind: 'buttons', buttons: [button('Use', 'r1')] }).content).toBe('summary');
  });
});

describe('buttons', () => {
  it('are their actions, each once in a message', () => {
    const blocks = [button('Use', 'r1'), button('Use', 'r1')].map(
      (one): Block => ({ kind: 'buttons', buttons: [one] }),
    );
    const buttons = buttonsIn(drawn(...blocks));
    expect(buttons).toMatchObject([{ custom_id: 'use:r1', style: 1 }]);
    expect(readAction(buttons[0]?.custom_id ?? '')).toEqual({ verb: 'use', id: 'r1' });
  });

  it('say which card they belong to where labels repeat, because they all stand below', () => {
    const part = (title: string, id: string): Block[] => [
      { kind: 'heading', text: title },
      { kind: 'buttons', buttons: [button('Use', id), button(`Only ${id}`, `more ${id}`)] },
    ];
    expect(rowsOf(drawn(...part('1. Disk', 'a'), ...part('3. Memory', 'b')))).toEqual([
      ['Use 1', 'Only a'],
      ['Use 3', 'Only b'],
    ]);
    expect(rowsOf(drawn(...part('Maybe: Disk', 'a'), ...part('Maybe: Memory', 'b')))).toEqual([
      ['Use 1', 'Only a'],
      ['Use 2', 'Only b'],
    ]);
  });

  it('stand side by side where each group in a row of its own would be too many', () => {
    const groups = Array.from(
      { length: 6 },
      (_, index): Block => ({
        kind: 'buttons',
        buttons: [button(`B${index}`, `r${index}`)],
      }),
    );
    expect(rowsOf(drawn(...groups))).toEqual([['B0', 'B1', 'B2', 'B3', 'B4'], ['B5']]);
  });
});

describe('text that somebody else wrote', () => {
  const line: Line = [
    hostile,
    { kind: 'bold', text: hostile },
    { kind: 'code', text: hostile },
    { kind: 'person', externalId: '@everyone', name: hostile },
    { kind: 'link', label: hostile, url: 'javascript:alert(1)' },
    { kind: 'place', label: hostile, channel: '<#1>', thread: null },
  ];
  const everywhere: readonly Block[] = [
    { kind: 'heading', text: hostile.slice(0, 50) },
    { kind: 'heading', text: hostile },
    { kind: 'text', line },
    { kind: 'note', line },
    { kind: 'list', items: [line] },
    { kind: 'fields', fields: [{ name: hostile, value: line }] },
    { kind: 'code', role: 'command', text: hostile },
    { kind: 'code', role: 'output', text: hostile },
    { kind: 'file', name: hostile, text: hostile },
    { kind: 'buttons', buttons: [button(hostile, 'r')] },
  ];

  it.each(everywhere.map((block) => [block.kind, block] as const))('is dead in a %s', (_kind, block) => {
    const message = renderReply({ summary: hostile, tone: 'bad', blocks: [block] });
    expect(messageFaults(message)).toEqual([]);
    expect(allMarkdownIn(message).flatMap((text) => readMarkdown(text).alive)).toEqual([]);
    expect(message.allowed_mentions).toEqual({ parse: [] });
  });

  it('is dead in a summary too', () => {
    const { content } = renderReply({ summary: hostile, tone: 'plain', blocks: [] });
    expect(readMarkdown(content)).toMatchObject({ shown: hostile, alive: [] });
  });

  it('becomes no card of an invitation in a summary, for which clients need no scheme', () => {
    const { content } = renderReply({ ...replyOf(), summary: 'see discord.gg/abc' });
    expect(content).toBe('see discord.gg\\/abc');
  });

  it('reads as it was written', () => {
    expect(readMarkdown(markdownOf(hostile)).shown).toBe(hostile);
  });

  it('is what the test that reads it would notice', () => {
    const alive = hostile.split(/\s/).filter((word) => readMarkdown(word).alive.length > 0);
    expect(alive.length).toBeGreaterThan(20);
  });

  it('comes alive where the reply itself names a person, a place or a reviewed address', () => {
    const message = drawn({
      kind: 'text',
      line: [
        { kind: 'person', externalId: '80351110224678912', name: 'Rae' },
        { kind: 'link', label: 'a [runbook]', url: 'https://runbooks.example.com/disk_(full)' },
        { kind: 'place', label: 'the *disk*', channel: '1', thread: '103735883630395392' },
      ],
    });
    expect(markdownIn(message)).toEqual([
      '<@80351110224678912>[a (runbook)](https://runbooks.example.com/disk_%28full%29)the \\*disk\\* <#103735883630395392>',
    ]);
  });

  it('turns and hides nothing: bidi controls are written out in prose, emoji stay whole', () => {
    expect(readMarkdown(markdownOf('a\u{202E}b ⚠\u{FE0F} 👩\u{200D}🚒')).shown).toBe(
      'a\\u{202E}b ⚠\u{FE0F} 👩\u{200D}🚒',
    );
  });

  it('keeps bold and code apart from what stands beside them', () => {
    const bold = (text: string) => ({ kind: 'bold', text }) as const;
    const code = (text: string) => ({ kind: 'code', text }) as const;
    expect(markdownOf(bold('a'), bold(''), bold('b'), code('c'), code('`d'), '*')).toBe(
      '**ab**`c\\u{0060}d`\\*',
    );
  });
});

describe('a command that waits for approval', () => {
  it.each(['df -h ', '  ls', "echo 'a\nb'", '*bold* <@1> &amp;', 'printf "\\x1b[0m"', 'echo `x` ``y``'])(
    'shows %j as it is',
    (command) => {
      expect(fencesIn(renderReply(stepCardOf({ command })))).toEqual([command]);
    },
  );

  it.each([
    ['echo \u{202E}a\u{200B}\tb', 'echo \\u{202E}a\\u{200B}\\u{0009}b', 3],
    ['echo ```; rm x', 'echo \\u{0060}\\u{0060}\\u{0060}; rm x', 3],
    ['\nls\n\n', '\\u{000A}ls\\u{000A}\\u{000A}', 3],
    ['\n\n\n', '\\u{000A}\\u{000A}\\u{000A}', 3],
  ])(
    'writes out of %j what would not show or would end the block, and says how much',
    (command, shown, count) => {
      const message = renderReply(stepCardOf({ command }));
      expect(fencesIn(message)).toEqual([shown]);
      expect(wordsIn(message)).toContain(`${count} characters of it would not show`);
    },
  );

  it('has room at its longest, beside long words', () => {
    const command = `echo ${'x'.repeat(limits.longestCommand - 5)}`;
    const message = renderReply(
      stepCardOf({ command, title: 'long '.repeat(500), riskWhy: 'w'.repeat(1500) }),
    );
    expect(fencesIn(message)).toEqual([command]);
    expect(verbsIn(message)).toContain('approve');
  });

  it('cannot be approved where it cannot be shown whole; the file has it', () => {
    const command = '\u{202E}'.repeat(limits.longestCommand);
    const message = renderPost(stepCardOf({ command }));
    expect(messageFaults(message)).toEqual([]);
    expect(verbsIn(message)).toEqual(['reject', 'preview', 'skip', 'stop']);
    expect(wordsIn(message)).toContain('too long to be shown here whole');
    expect(textIn(message.files[0])).toContain(command);
  });
});

describe('what is too long', () => {
  it('is shortened with a note, and the whole of it is a file', () => {
    const output = Array.from({ length: 2000 }, (_, line) => `line ${line}`).join('\n');
    const message = renderPost(
      replyOf({ kind: 'text', line: ['before'] }, { kind: 'code', role: 'output', text: output }),
    );
    expect(messageFaults(message)).toEqual([]);
    expect(wordsIn(message)).toContain('line 1999');
    expect(wordsIn(message)).toContain('Everything is in the file whole-message.txt');
    expect(message.files).toMatchObject([
      { name: 'whole-message.txt', text: `summary\n\nbefore\n\n${output}\n` },
    ]);
  });

  it('is not shortened while it fits', () => {
    const output = 'x'.repeat(4000);
    const message = renderPost(replyOf({ kind: 'code', role: 'output', text: output }));
    expect(fencesIn(message)).toEqual([output]);
    expect(message.files).toEqual([]);
  });

  it('promises no file where none can be', () => {
    const message = renderReply(replyOf({ kind: 'file', name: 'out.txt', text: 'line\n'.repeat(5000) }));
    expect(wordsIn(message)).toContain('line\nline');
    expect(wordsIn(message)).toContain('Shortened to fit here.');
    expect(wordsIn(message)).not.toContain('in this thread');
  });

  it('gives the files of the reply, named on the card', () => {
    const message = renderPost(replyOf({ kind: 'file', name: 'out.txt', text: 'abc' }));
    expect(wordsIn(message)).toBe('📄 out.txt (3 B), in this thread.');
    expect(message.files).toMatchObject([{ name: 'out.txt', text: 'abc' }]);
  });

  it('puts files into one where there are more than Discord takes, under plain names', () => {
    const files = Array.from(
      { length: 12 },
      (_, index): Block => ({
        kind: 'file',
        name: `../a b\u{202E}${index}.txt`,
        text: `text ${index}`,
      }),
    );
    const given = renderPost(replyOf(...files)).files;
    expect(given).toHaveLength(10);
    expect(given[0]?.name).toBe('a-b-0.txt');
    expect(given.at(-1)?.name).toBe('more-files.txt');
    expect(textIn(given.at(-1))).toContain('text 9\n\na-b-10.txt\n\ntext 10');
  });
});
