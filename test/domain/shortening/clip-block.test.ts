import { describe, expect, it } from 'vitest';
import type { Block } from '#domain/reply.ts';
import { clipBlock, clipLine } from '#domain/shortening/clip-block.ts';
import { clipText } from '#domain/shortening/clip-text.ts';

describe('a text that is cut', () => {
  it('says so, keeps to its room, and halves no character', () => {
    expect(clipText('12345', 5)).toBe('12345');
    expect(clipText('123456', 5)).toBe('1234…');
    expect(clipText('123😀5', 5)).toBe('123…');
  });

  it('keeps the end of output, and every byte of a command', () => {
    const output: Block = { kind: 'code', role: 'output', text: 'first second 😀last' };
    expect(clipBlock(output, 6)).toEqual({ ...output, text: '…last' });
    const command: Block = { kind: 'code', role: 'command', text: 'x'.repeat(5000) };
    expect(clipBlock(command, 6)).toBe(command);
  });

  it('keeps the first twenty of a list, and says that there are more', () => {
    const items = Array.from({ length: 30 }, (_, index) => [`item ${index}`]);
    const cut = clipBlock({ kind: 'list', items }, 100);
    expect(cut).toEqual({ kind: 'list', items: [...items.slice(0, 20), ['…']] });
  });

  it('cuts plain, bold and code; a person or a link is shown whole or not at all', () => {
    const person = { kind: 'person', externalId: 'U1', name: 'a long name' } as const;
    expect(clipLine(['abc', { kind: 'bold', text: 'defghi' }, 'never'], 6)).toEqual([
      'abc',
      { kind: 'bold', text: 'de…' },
      '…',
    ]);
    expect(clipLine(['abc', person], 6)).toEqual(['abc', '…']);
    expect(clipLine([person], 11)).toEqual([person]);
  });
});
