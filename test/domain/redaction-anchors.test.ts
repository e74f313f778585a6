import { describe, expect, it } from 'vitest';
import { anchor, anchors } from '#domain/redaction/anchors/anchor.ts';
import { leadingWords } from '#domain/redaction/anchors/leading-words.ts';
import { allMatches } from '#domain/redaction/anchors/matches.ts';
import { scanText } from '#domain/redaction/anchors/scan-text.ts';
import { createSecretFinder } from '#domain/redaction/find-secrets.ts';
import { hostilePieces } from '#test/support/redaction/hostile-texts.ts';
import { harmlessSets, readMarkedTexts, secretSets } from '#test/support/redaction/marked-texts.ts';

describe('leadingWords', () => {
  it.each([
    [
      /\b(?:pass[ -]?(?:word|code)|pw)\b/i,
      ['pass word', 'pass-word', 'password', 'pass code', 'pass-code', 'passcode', 'pw'],
    ],
    [/(?<![\w-])[MNO][\w-]{22}/, ['m', 'n', 'o']],
    [/(?=.*x)\*[ \t]{1,8}(?=\S)/, ['* ', '*\t']],
    [/a(?:b|c)?d+e/, ['ad', 'abd', 'acd']],
    [/passwörter|\(x/, ['passw', '(x']],
    [/[ \t]?x{2}y*z/, [' xxy', '\txxy', ' xxz', '\txxz', 'xxy', 'xxz']],
  ])('%s', (pattern, words) => {
    expect([...leadingWords(pattern)].toSorted()).toEqual(words.toSorted());
  });

  it.each([/\w+x/, /(?:a|\S)b/, /x?/, /[^a]b/])(
    'refuses %s, which would have to be tried everywhere',
    (pattern) => {
      expect(() => leadingWords(pattern)).toThrow('begins with no character that can be listed');
    },
  );
});

describe('anchors', () => {
  // Loads the rules, which make them.
  createSecretFinder([]);
  const texts = [
    ...[...secretSets, ...harmlessSets].map((set) =>
      readMarkedTexts(set)
        .map(({ text }) => text)
        .join('\n'),
    ),
    hostilePieces.map((piece) => piece.repeat(3)).join('\n'),
    hostilePieces.join('').toUpperCase(),
  ];
  const scans = texts.map(scanText);

  it.each(anchors.map((one) => [one.pattern.source.slice(0, 60), one] as const))(
    'finds every match of %s',
    (_name, one) => {
      const everywhere = new RegExp(one.pattern.source, one.pattern.flags.replace('y', 'g'));
      const placesOf = (matches: Iterable<RegExpExecArray>) => Array.from(matches, ({ index }) => index);
      for (const [at, text] of texts.entries()) {
        const scan = scans[at] ?? scanText(text);
        expect(placesOf(allMatches(text, scan, one))).toEqual(placesOf(text.matchAll(everywhere)));
      }
    },
  );

  it('finds every match of what may begin nearly everywhere', () => {
    const colon = anchor(/:(?=a)/);
    const text = `${':a::'.repeat(500)}:a`;
    expect(scanText(text).placesOf(colon.id)).toBeNull();
    expect(allMatches(text, scanText(text), colon)).toHaveLength(501);
  });

  it('finds what begins at the first and at the last character, and of an anchor that came later', () => {
    const later = anchor(/\*/);
    expect(allMatches('*a*', scanText('*a*'), later).map(({ index }) => index)).toEqual([0, 2]);
  });
});
