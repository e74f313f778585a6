import { cpuUsage } from 'node:process';
import { describe, expect, it } from 'vitest';
import { createSecretFinder } from '#domain/redaction/find-secrets.ts';
import { createRedactor } from '#domain/redaction/redact.ts';
import { hostileFromRules } from '#test/support/redaction/hostile-from-rules.ts';
import { hostilePieces, hostileText } from '#test/support/redaction/hostile-texts.ts';

const known = ['known', 'secret', 'value'].join('-');

describe('hostile text', () => {
  const redact = createRedactor([known]);
  const find = createSecretFinder([known]);

  /** Processor time for one text, in milliseconds: what other processes do does not count. */
  const costOf = (text: string): number => {
    const before = cpuUsage();
    find(text);
    const { user, system } = cpuUsage(before);
    return (user + system) / 1000;
  };
  const cheapest = (text: string): number => Math.min(costOf(text), costOf(text), costOf(text));

  it.each(hostilePieces)('finds the secret behind %j again and again', (piece) => {
    const text = hostileText(piece, 200_000);
    expect(redact(`${text}\n'"\`\n\npassword=hunter2x\n`).endsWith('\npassword=[redacted]\n')).toBe(true);
  });

  /** Sixteen times the text may cost sixteen times as much and some more; a square would cost 256 times as much. */
  it.each(hostilePieces)('takes work in proportion to how often %j comes', (piece) => {
    const small = cheapest(hostileText(piece, 20_000));
    const large = cheapest(hostileText(piece, 320_000));
    expect(large / Math.max(small, 3)).toBeLessThan(60);
  });

  /** Every thirtieth of some six thousand; `npm run bench:redaction` tries them all. */
  const fromRules = hostileFromRules().filter((_, index) => index % 30 === 0);

  it('takes work in proportion to how often the words of the rules come, in any frame', () => {
    const costly = fromRules.filter((piece) => {
      const small = costOf(hostileText(piece, 4_000));
      const large = costOf(hostileText(piece, 64_000));
      return large / Math.max(small, 1) >= 60 && cheapest(hostileText(piece, 64_000)) >= 60;
    });
    expect(costly).toEqual([]);
  });
});
