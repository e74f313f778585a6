import { describe, expect, it } from 'vitest';
import { createTextTail } from '#domain/text/text-tail.ts';
import { fc } from '#test/support/properties.ts';

describe('the tail of a text', () => {
  it('is what the whole text ends with, however it was cut and whenever it is read', () => {
    const chunk = fc.record({ text: fc.string({ maxLength: 12 }), isRead: fc.boolean() });
    fc.assert(
      fc.property(fc.array(chunk), fc.integer({ min: 1, max: 20 }), (chunks, most) => {
        const tail = createTextTail(most);
        let whole = '';
        for (const { text, isRead } of chunks) {
          tail.push(text);
          whole += text;
          if (isRead) expect(tail.read()).toBe(whole.slice(-most));
        }
        expect(tail.read()).toBe(whole.slice(-most));
      }),
    );
  });

  it('takes no more work for small chunks than for their characters', () => {
    const tail = createTextTail(40_000);
    for (let i = 0; i < 300_000; i += 1) tail.push(String(i % 10));
    expect(tail.read()).toBe('0123456789'.repeat(4000));
  });
});
