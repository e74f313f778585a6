import { describe, expect, it } from 'vitest';
import type { Block, Button, Reply } from '#domain/reply.ts';
import { filesAsOutput } from '#domain/shortening/files-as-output.ts';
import { shorterVersions } from '#domain/shortening/shorter-versions.ts';
import { replyText } from '#domain/wording/reply-text.ts';
import { tooLong } from '#domain/wording/too-long.ts';

const button = (verb: Button['action']['verb']): Button => ({
  action: { verb, id: 'x' },
  label: verb,
  style: 'plain',
});
const command: Block = { kind: 'code', role: 'command', text: 'x'.repeat(2000) };
const facts: Block = { kind: 'fields', fields: [{ name: 'Host', value: ['h'.repeat(2000)] }] };
const prose: Block = { kind: 'text', line: ['p'.repeat(2000)] };
const decision: Block = { kind: 'buttons', buttons: [button('approve'), button('reject'), button('skip')] };
const replyOf = (...blocks: Block[]): Reply => ({ summary: 'sum', tone: 'plain', blocks });
const shortening = { note: 'Shortened.', rowButtons: 1 };
const versionsOf = (reply: Reply) => [...shorterVersions(reply, shortening)];

describe('the shorter versions of a reply', () => {
  const versions = versionsOf(replyOf(prose, facts, command, decision));
  const last = versions.at(-1) ?? [];

  it('all say that they are shorter, and become shorter', () => {
    for (const version of versions) expect(version).toContainEqual({ kind: 'note', line: ['Shortened.'] });
    const sizes = versions.map((version) => JSON.stringify(version).length);
    expect(sizes).toEqual([...sizes].sort((a, b) => b - a));
  });

  it('show command and facts whole as long as somebody can approve them', () => {
    for (const version of versions.slice(0, -1))
      expect(version).toEqual(expect.arrayContaining([facts, command, decision]));
  });

  it('take the approval away with them, and say so', () => {
    expect(last).toEqual([
      { kind: 'text', line: [{ kind: 'bold', text: 'sum' }] },
      { kind: 'text', line: [tooLong.command] },
      { kind: 'note', line: ['Shortened.'] },
      { kind: 'buttons', buttons: [button('reject')] },
    ]);
  });

  it('cut facts where nobody approves, and speak of no approval', () => {
    const plain = versionsOf(replyOf(facts));
    expect(plain[0]).not.toContainEqual(facts);
    expect(JSON.stringify(plain)).not.toContain(tooLong.command);
  });
});

describe('a reply for a place that takes no file', () => {
  it('has its files as output', () => {
    const reply = replyOf(prose, { kind: 'file', name: 'out.txt', text: 'abc' });
    expect(filesAsOutput(reply).blocks).toEqual([
      prose,
      { kind: 'note', line: ['out.txt'] },
      { kind: 'code', role: 'output', text: 'abc' },
    ]);
  });
});

describe('a reply as text', () => {
  it('says everything but buttons', () => {
    const reply = replyOf(
      { kind: 'heading', text: 'Head' },
      { kind: 'divider' },
      { kind: 'list', items: [['a'], ['b']] },
      { kind: 'fields', fields: [{ name: 'Host', value: [{ kind: 'code', text: 'web-01' }] }] },
      { kind: 'code', role: 'command', text: 'df -h' },
      decision,
    );
    expect(replyText(reply)).toBe('sum\n\nHead\n\n---\n\n- a\n- b\n\nHost: web-01\n\ndf -h\n');
  });
});
