import { describe, expect, it } from 'vitest';
import { createRedactor } from '#domain/redaction/redact.ts';
import { judgeRedaction } from '#test/support/redaction/judge-redaction.ts';
import { harmlessSets, readMarkedTexts, secretSets } from '#test/support/redaction/marked-texts.ts';

const redact = createRedactor([]);

describe.each(secretSets)('%s', (name) => {
  const texts = readMarkedTexts(name);
  const judged = texts.map((text) => ({ text, ...judgeRedaction(text, redact(text.text)) }));

  it('at least 95 % of the secrets are masked', () => {
    const all = texts.flatMap(({ secrets }) => secrets).length;
    const missed = judged.flatMap(({ text, missed }) =>
      missed.map((secret) => `${secret} in ${text.source}`),
    );
    expect(all).toBeGreaterThan(90);
    expect(missed.length / all, missed.join('\n')).toBeLessThanOrEqual(0.05);
  });

  it('of at least 90 % of the texts all words around the secrets are kept', () => {
    const inexact = judged.filter(({ exact }) => !exact).map(({ text }) => text.source);
    expect(inexact.length / texts.length, inexact.join('\n')).toBeLessThanOrEqual(0.1);
  });

  it('what is redacted stays as it is when it is redacted again', () => {
    const changed = texts.map(({ text }) => redact(text)).filter((once) => redact(once) !== once);
    expect(changed).toEqual([]);
  });
});

describe.each(harmlessSets)('%s', (name) => {
  it('at most 2 % are changed', () => {
    const texts = readMarkedTexts(name);
    const changed = texts
      .filter(({ text }) => redact(text) !== text)
      .map(({ text }) => `${text} → ${redact(text)}`);
    expect(texts.length).toBeGreaterThan(90);
    expect(changed.length / texts.length, changed.join('\n')).toBeLessThanOrEqual(0.02);
  });
});
