import { describe, expect, it } from 'vitest';
import { createOutputCapture, headBytes, tailBytes } from '#adapters/ssh/capture-output.ts';
import { createMarkerFilter } from '#adapters/ssh/strip-marker.ts';
import { createRedactor } from '#domain/redaction/redact.ts';

describe('capturing a stream', () => {
  const captureOf = (bytes: Buffer, chunkSize: number) => {
    const capture = createOutputCapture();
    for (let at = 0; at < bytes.length; at += chunkSize) capture.push(bytes.subarray(at, at + chunkSize));
    return capture.read();
  };

  it('is the same wherever the chunks are cut', () => {
    const text = Array.from({ length: 90_000 }, (_, n) => `${n} `).join('');
    const bytes = Buffer.from(text);
    const whole = captureOf(bytes, bytes.length);
    expect(whole.truncated).toBe(true);
    expect(whole.text.startsWith('0 1 2 ')).toBe(true);
    expect(whole.text.endsWith('89998 89999 ')).toBe(true);
    for (const size of [1, 7, 4096, 65_536, 131_072, 131_073, 300_000]) {
      expect(captureOf(bytes, size)).toEqual(whole);
    }
  });

  it('leaves nothing out at the bound and says how much past it', () => {
    const bound = headBytes + tailBytes;
    expect(captureOf(Buffer.alloc(bound, 'a'), 1000)).toEqual({
      text: 'a'.repeat(bound),
      bytes: bound,
      truncated: false,
    });
    const past = captureOf(Buffer.alloc(bound + 1, 'a'), 1000);
    expect(past.text).toBe(`${'a'.repeat(headBytes)}\n… 1 bytes left out …\n${'a'.repeat(tailBytes)}`);
  });

  it('shows no broken character where it cuts', () => {
    const { text } = captureOf(Buffer.from(`x${'🚒'.repeat(100_000)}`), 5000);
    expect(text).not.toContain('\uFFFD');
    expect(text).toMatch(/^x(🚒)+\n… \d+ bytes left out …\n(🚒)+$/u);
  });

  it('masks what its cuts go through, and what they take from its name', () => {
    const secret = ['open', 'sesame', '4711'].join('-');
    const redact = createRedactor([secret]);
    for (let shift = 0; shift <= secret.length + 12; shift += 1) {
      const line = `password=x7Hq2mB9 ${secret} `;
      const capture = createOutputCapture(redact);
      const gap = 'a '.repeat(60_000);
      capture.push(Buffer.from('. '.repeat(headBytes / 2).slice(shift) + line + gap + line));
      capture.push(Buffer.from('. '.repeat(tailBytes / 2).slice(shift)));
      const { text, truncated } = capture.read();
      expect(truncated).toBe(true);
      expect(text).not.toMatch(/x7|Hq2|B9|open|sesame|4711/);
    }
  });

  it('is empty for nothing', () => {
    expect(createOutputCapture().read()).toEqual({ text: '', bytes: 0, truncated: false });
  });
});

describe('finding the marker', () => {
  const token = 'c0ffee'.repeat(5);
  const filter = (bytes: Buffer, chunkSize: number) => {
    const words: string[] = [];
    const passed: Buffer[] = [];
    const marker = createMarkerFilter(
      token,
      (word) => words.push(word),
      (chunk) => passed.push(Buffer.from(chunk)),
    );
    for (let at = 0; at < bytes.length; at += chunkSize) marker.push(bytes.subarray(at, at + chunkSize));
    marker.end();
    return { words, text: Buffer.concat(passed).toString() };
  };

  it('is the same wherever the chunks are cut', () => {
    const bytes = Buffer.from(`a greeting\n${token} 4711\nout\n${token} 1\n`);
    for (let size = 1; size <= bytes.length; size += 1) {
      expect(filter(bytes, size)).toEqual({ words: ['4711'], text: `out\n${token} 1\n` });
    }
  });

  it('passes everything on when there is none', () => {
    expect(filter(Buffer.from('This account is not available.\n'), 5)).toEqual({
      words: [],
      text: 'This account is not available.\n',
    });
    expect(filter(Buffer.alloc(200_000, 'a'), 9000).text).toHaveLength(200_000);
  });
});
