import type { KnownBlock } from '@slack/types';
import { describe, expect, it } from 'vitest';
import { limits } from '#adapters/slack/limits.ts';
import { renderHome, renderPost, renderReply } from '#adapters/slack/render/render-reply.ts';
import { readAction } from '#domain/action.ts';
import type { Block, Button, Line, PostFile, Reply } from '#domain/reply.ts';
import { everyReply, stepCardOf } from '#test/fixtures/every-reply.ts';
import { buttonsIn, commandsIn, textsIn } from '#test/support/slack-blocks.ts';
import { messageFaults, viewFaults } from '#test/support/slack-limits.ts';

const textIn = (file: PostFile | undefined) => (file?.kind === 'file' ? file.text : '');

const replyOf = (...blocks: Block[]): Reply => ({ summary: 'summary', tone: 'plain', blocks });
const drawn = (...blocks: Block[]) => renderReply(replyOf(...blocks)).blocks;
const outline = (blocks: readonly KnownBlock[]) => blocks.map((block) => JSON.stringify(block)).join('\n');

const hostile = [
  '<!channel> <!here> <!everyone> <!subteam^S012AB3CD>',
  '@channel @here @everyone',
  '<@U012AB3CD> <#C012AB3CD>',
  '<https://evil.example.com|safe> https://evil.example.com mailto:a@evil.example.com',
  '*bold* _x_ ~y~ `z` ```w``` :smile: &lt;!channel&gt;',
].join(' ');

describe('every reply of the domain', () => {
  it.each(Object.entries(everyReply))('%s: looks like this, and Slack takes it', (_name, reply) => {
    const { text, blocks, files } = renderPost(reply);
    expect(messageFaults({ text, blocks })).toEqual([]);
    expect(viewFaults(renderHome(reply))).toEqual([]);
    expect(`${text}\n${outline(blocks)}\n${files.map(({ name }) => name).join()}`).toMatchSnapshot();
  });

  it.each([
    ['waiting', 'Waiting for a person'],
    ['active', 'In progress'],
    ['good', 'Good'],
    ['bad', 'Problem'],
  ] as const)('says %s in a word', (tone, word) => {
    const { blocks } = renderReply({ ...replyOf({ kind: 'text', line: ['x'] }), tone });
    expect(textsIn(blocks[0])).toEqual([expect.stringContaining(word)]);
  });

  it('draws a button as its action, once in a row', () => {
    const button: Button = { action: { verb: 'use', id: 'r1' }, label: 'Use', style: 'primary' };
    const buttons = buttonsIn(drawn({ kind: 'buttons', buttons: [button, button] }));
    expect(buttons).toMatchObject([{ action_id: 'use:r1', value: 'use:r1', style: 'primary' }]);
    expect(readAction(buttons[0]?.action_id ?? '')).toEqual(button.action);
  });
});

describe('text that somebody else wrote', () => {
  const line: Line = [
    hostile,
    { kind: 'bold', text: hostile },
    { kind: 'code', text: hostile },
    { kind: 'person', externalId: '<!channel>', name: hostile },
    { kind: 'link', label: hostile, url: 'javascript:alert(1)' },
  ];
  const everywhere: readonly Block[] = [
    { kind: 'heading', text: hostile.slice(0, 50) },
    { kind: 'heading', text: hostile },
    { kind: 'text', line },
    { kind: 'note', line: [hostile] },
    { kind: 'note', line },
    { kind: 'list', items: [line] },
    { kind: 'fields', fields: [{ name: hostile, value: line }] },
    { kind: 'code', role: 'command', text: hostile },
    { kind: 'code', role: 'output', text: hostile },
    { kind: 'file', name: hostile, text: hostile },
    { kind: 'buttons', buttons: [{ action: { verb: 'use', id: 'r' }, label: hostile, style: 'plain' }] },
  ];

  it('never becomes a mention, a link or formatting', () => {
    const { text, blocks } = renderReply({ summary: hostile, tone: 'bad', blocks: everywhere });
    const json = JSON.stringify(blocks);
    for (const alive of ['mrkdwn', 'broadcast', 'usergroup', '"user"', '"channel"', '"link"', '"emoji"}'])
      expect(json).not.toContain(alive);
    expect(text).not.toMatch(/[<>]/);
    for (const { type, text: own } of blocks.flatMap(plainTexts)) {
      expect(type).toBe('plain_text');
      expect(own).not.toMatch(/[<>]|&(?!amp;|lt;|gt;)/);
    }
  });

  it('comes alive where the reply itself names a person or a reviewed address', () => {
    const [block] = drawn({
      kind: 'text',
      line: [
        { kind: 'person', externalId: 'U012AB3CD', name: 'Rae' },
        { kind: 'link', label: 'runbook', url: 'https://runbooks.example.com/disk' },
      ],
    });
    expect(block).toMatchObject({
      elements: [
        {
          elements: [
            { type: 'user', user_id: 'U012AB3CD' },
            { type: 'link', url: 'https://runbooks.example.com/disk', text: 'runbook' },
          ],
        },
      ],
    });
  });

  it('reads the same whether or not Slack decodes entities in rich text', () => {
    const [text] = drawn({ kind: 'code', role: 'command', text: "echo 'a &lt; b &amp;&amp; c'" });
    const pieces = textsIn(text);
    expect(pieces.join('')).toBe("echo 'a &lt; b &amp;&amp; c'");
    for (const piece of pieces) expect(piece).not.toMatch(/&(amp|lt|gt);/);
  });

  it('turns and hides nothing: bidi controls are written out in prose, emoji stay whole', () => {
    const [block] = drawn({ kind: 'text', line: ['a\u{202E}b ⚠\u{FE0F} 👩\u{200D}🚒'] });
    expect(textsIn(block)).toEqual(['a\\u{202E}b ⚠\u{FE0F} 👩\u{200D}🚒']);
  });
});

const plainTexts = (block: KnownBlock): readonly { readonly type: string; readonly text: string }[] =>
  [...JSON.stringify(block).matchAll(/\{"type":"(\w+)","text":"((?:[^"\\]|\\.)*)","emoji":false\}/g)].map(
    ([, type = '', text = '']) => ({ type, text }),
  );

describe('a command that waits for approval', () => {
  const approves = (blocks: readonly KnownBlock[]) =>
    buttonsIn(blocks).some(({ value }) => readAction(value ?? '')?.verb === 'approve');

  it.each(['df -h ', '  ls', "echo 'a\nb'", '*bold* <@U1> &amp;', 'printf "\\x1b[0m"', 'echo `x`'])(
    'shows %j as it is',
    (command) => {
      expect(commandsIn(renderReply(stepCardOf({ command })).blocks)).toEqual([command]);
    },
  );

  it('writes out what would not show, and says that it did', () => {
    const { blocks } = renderReply(stepCardOf({ command: 'echo \u{202E}a\u{200B}\tb' }));
    expect(commandsIn(blocks)).toEqual(['echo \\u{202E}a\\u{200B}\\u{0009}b']);
    expect(JSON.stringify(blocks)).toContain('3 characters of it would not show');
  });

  it('has room at its longest, beside the longest words', () => {
    const command = `echo ${'x'.repeat(limits.longestCommand - 5)}`;
    const { blocks } = renderReply(
      stepCardOf({ command, title: 'long '.repeat(500), riskWhy: 'w'.repeat(5000) }),
    );
    expect(commandsIn(blocks)).toEqual([command]);
    expect(approves(blocks)).toBe(true);
  });

  it('cannot be approved where it cannot be shown whole; the file has it', () => {
    const command = '\u{202E}'.repeat(limits.longestCommand);
    const { text, blocks, files } = renderPost(stepCardOf({ command }));
    expect(messageFaults({ text, blocks })).toEqual([]);
    expect(approves(blocks)).toBe(false);
    expect(buttonsIn(blocks).map(({ value }) => readAction(value ?? '')?.verb)).toEqual([
      'reject',
      'preview',
      'skip',
      'stop',
    ]);
    expect(JSON.stringify(blocks)).toContain('too long to be shown here whole');
    expect(textIn(files[0])).toContain(command);
  });
});

describe('what is too long', () => {
  it('is shortened with a note, and the whole of it is a file', () => {
    const output = Array.from({ length: 2000 }, (_, line) => `line ${line}`).join('\n');
    const { text, blocks, files } = renderPost(
      replyOf({ kind: 'text', line: ['before'] }, { kind: 'code', role: 'output', text: output }),
    );
    expect(messageFaults({ text, blocks })).toEqual([]);
    expect(JSON.stringify(blocks)).toContain('line 1999');
    expect(JSON.stringify(blocks)).toContain('Everything is in the file whole-message.txt');
    expect(files).toMatchObject([{ name: 'whole-message.txt', text: `summary\n\nbefore\n\n${output}\n` }]);
  });

  it('is not shortened while it fits', () => {
    const output = 'x'.repeat(8000);
    const { blocks, files } = renderPost(replyOf({ kind: 'code', role: 'output', text: output }));
    expect(textsIn(blocks[0]).join('')).toBe(output);
    expect(files).toEqual([]);
  });

  it('promises no file where none can be', () => {
    const output = 'line\n'.repeat(5000);
    const reply = replyOf({ kind: 'file', name: 'out.txt', text: output });
    for (const blocks of [
      renderReply(reply).blocks,
      renderHome({ ...reply, blocks: Array(50).fill(reply.blocks[0]) }).blocks,
    ]) {
      expect(JSON.stringify(blocks)).toContain('line\\nline');
      expect(JSON.stringify(blocks)).toContain('Shortened to fit here.');
      expect(JSON.stringify(blocks)).not.toContain('in this thread');
    }
  });

  it('gives the files of the reply, named on the card', () => {
    const { blocks, files } = renderPost(replyOf({ kind: 'file', name: 'out.txt', text: 'abc' }));
    expect(textsIn(blocks[0])).toEqual(['📄 out.txt (3 B), in this thread.']);
    expect(files).toMatchObject([{ name: 'out.txt', text: 'abc' }]);
  });
});
