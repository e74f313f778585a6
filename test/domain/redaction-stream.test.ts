import { describe, expect, it } from 'vitest';
import { livePart } from '#domain/redaction/live-part.ts';
import { openRedactor } from '#domain/redaction/redact.ts';
import { lookAround, windowSize } from '#domain/redaction/redaction-stream.ts';
import { fc } from '#test/support/properties.ts';
import { readMarkedTexts } from '#test/support/redaction/marked-texts.ts';

const known = ['open', 'sesame', '4711'].join('-');
const { redact, openStream } = openRedactor([known]);

const texts = ['secrets-commands', 'secrets-texts', 'secrets-tokens', 'look-alikes'].flatMap((name) =>
  readMarkedTexts(name).map(({ text }) => text),
);

/** Longer than two windows, with a secret in almost every line. */
const long = texts.join('\n').repeat(24);

function streamed(text: string, cuts: readonly number[]): string {
  const stream = openStream();
  const edges = [0, ...cuts.toSorted((a, b) => a - b), text.length];
  const pushed = edges.slice(1).map((end, index) => stream.push(text.slice(edges[index], end)));
  return pushed.join('') + stream.end();
}

describe('a text that comes in chunks', () => {
  it('gives what the whole gives, wherever it is split', () => {
    expect(long.length).toBeGreaterThan(2 * windowSize);
    const whole = redact(long);
    const cuts = fc.array(fc.nat(long.length), { maxLength: 40 });
    fc.assert(
      fc.property(cuts, (some) => streamed(long, some) === whole),
      { numRuns: 4 },
    );
  });

  it('gives what the whole gives for every way to split a short text in two', () => {
    for (const text of texts.slice(0, 40)) {
      const whole = redact(text);
      for (let cut = 0; cut <= text.length; cut += 1) expect(streamed(text, [cut])).toBe(whole);
    }
  });

  it('finds secrets around the edge of a window, also in a line that never ends', () => {
    for (const gap of [...Array(40).keys()]) {
      const text = `${'x '.repeat(windowSize / 2 - 10 - gap)}token ${known} ${'y '.repeat(40_000)}`;
      const redacted = streamed(text, [1_000, 400_000]);
      expect(redacted).not.toMatch(/sesame|open-|4711/);
      expect(redacted.match(/\[redacted\]/g)).toHaveLength(1);
    }
  });

  it('judges text behind the edge of a window by what stands before it', () => {
    const body = Array.from({ length: 300 }, (_, line) => `${'aB3/'.repeat(15)}${1000 + line}`).join('\n');
    const key = `-----BEGIN RSA PRIVATE KEY-----\n${body}\n-----END RSA PRIVATE KEY-----\n`;
    const text = `${'line\n'.repeat(Math.floor(windowSize / 5) - 1_400)}${key}${'line\n'.repeat(20_000)}`;
    expect(streamed(text, [517_000, 525_000])).toContain('KEY-----\n[redacted]\n-----END');
  });

  it('holds no more than a window and its surroundings', () => {
    const stream = openStream();
    let pushed = 0;
    let given = 0;
    for (let i = 0; i < 40; i += 1) {
      pushed += 50_000;
      given += stream.push('some words\n'.repeat(5_000).slice(0, 50_000)).length;
      expect(pushed - given).toBeLessThan(windowSize + 2 * lookAround);
    }
    expect(given + stream.end().length).toBe(pushed);
  });

  it('gives nothing for nothing', () => {
    expect(streamed('', [])).toBe('');
  });
});

describe('a part of a text', () => {
  it('is judged with what stands around it', () => {
    const text = `a password=${known}x b`;
    expect(redact(text, { start: 15, end: text.length })).toBe('[redacted] b');
    expect(redact(text, { start: 0, end: 15 })).toBe('a password=[redacted]');
    expect(redact(text, { start: 0, end: 1 })).toBe('a');
  });
});

describe('the part of running output that is shown', () => {
  const shown = (output: string, most = 100) => redact(output, livePart(output, most));

  it('leaves out a last line that may be cut inside of a secret', () => {
    for (let cut = 1; cut < known.length; cut += 1)
      expect(shown(`ready\nuses ${known.slice(0, cut)}`)).toBe('ready\n');
    expect(shown(`ready\nuses ${known}\n`)).toBe('ready\nuses [redacted]\n');
  });

  it('shows a last line that asks something', () => {
    expect(shown('one\nPassword: ')).toBe('one\nPassword: ');
    expect(shown('Continue? [Y/n] ')).toBe('Continue? [Y/n] ');
  });

  it('begins with a line, and still knows what came before it', () => {
    const output = `-----BEGIN PRIVATE KEY-----\n${`${'aB3/'.repeat(16)}\n`.repeat(10)}`;
    expect(shown(output, 200)).toBe('[redacted]\n');
    expect(shown('0123456789\n'.repeat(30), 100)).toBe('0123456789\n'.repeat(9));
  });

  it('shows the end of a line that is longer than all that is shown', () => {
    expect(shown(`${'word '.repeat(100)}\n`, 50)).toHaveLength(50);
  });
});
