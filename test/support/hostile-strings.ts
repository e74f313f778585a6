import { createRandom } from './random.ts';

/** What shells treat specially, what ends a quotation, and what would run if it did; `CANARY` is a file's path. */
const pieces = (canary: string): readonly string[] => [
  `$(touch ${canary})`,
  `\`touch ${canary}\``,
  `; touch ${canary};`,
  `' ; touch ${canary} ; '`,
  `" ; touch ${canary} ; "`,
  `'"'; touch ${canary} #`,
  `\\'; touch ${canary} #`,
  `| touch ${canary}`,
  `& touch ${canary} &`,
  `&& touch ${canary}`,
  `|| touch ${canary}`,
  `\n touch ${canary}\n`,
  `\r\ntouch ${canary}\r\n`,
  `<(touch ${canary})`,
  `\${x:-$(touch ${canary})}`,
  `$((\`touch ${canary}\`))`,
  `() { :; }; touch ${canary}`,
  `> ${canary}`,
  `>>${canary}`,
  ...`' " \\ \` $ ! # ~ * ? [ ] { } ( ) < > | & ; = % ^ , : @ + - -- -n -e -rf / .. . \t \n \r`.split(' '),
  ...[
    ' ',
    '',
    "'\\''",
    "\\'",
    "'''",
    '""',
    '$$',
    '$!',
    '$@',
    '$*',
    '$0',
    `\${IFS}`,
    '$IFS',
    '!!',
    '!$',
    '~root',
  ],
  ...[
    '%s',
    '%n',
    '%%',
    '\\n',
    '\\0',
    '\\x41',
    '\\u0041',
    '\\',
    "$'\\x27'",
    '$"x"',
    'a=b',
    'if',
    'done',
    '{a,b}',
  ],
  ...['\u0001', '\u0007', '\u0008', '\u001b[31m', '\u007f', '\u0080', '\u009b', '\u00a0', '\u2028', '\ufeff'],
  ...[
    '\u202e',
    '\u200b',
    'é',
    'e\u0301',
    '日本',
    '🚒',
    '\u{e0001}',
    '\uffff',
    '\u00ff',
    '＇',
    '＂',
    '‘',
    '‛',
    '´',
  ],
];

/** Strings that want to be more than one word, the same for every run; none holds NUL, which no argument can hold. */
export function* hostileStrings(count: number, canary: string, seed = 7): Generator<string> {
  const random = createRandom(seed);
  const from = pieces(canary);
  const below = (most: number): number => Math.floor(random() * most);
  for (let made = 0; made < count; made += 1) {
    const [first] = [from[made]];
    if (first !== undefined) yield first;
    else {
      const length = 1 + below(8);
      const parts = Array.from({ length }, () =>
        below(4) === 0 ? anyText(below) : (from[below(from.length)] ?? ''),
      );
      yield parts.join('');
    }
  }
}

function anyText(below: (most: number) => number): string {
  const codes = Array.from({ length: 1 + below(5) }, () => 1 + below(below(3) === 0 ? 0x10fffe : 0x7f));
  return String.fromCodePoint(...codes).toWellFormed();
}
