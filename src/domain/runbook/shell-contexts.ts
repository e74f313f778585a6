/**
 * How a shell reads the character at a place: as part of a command (`bare`), or as something in which a quoted
 * word would not stay one word. `unknown` is given up: nothing may be put there.
 */
export type ShellContext =
  | 'bare'
  | 'escaped'
  | 'single'
  | 'double'
  | 'ansi'
  | 'comment'
  | 'heredoc'
  | 'backquote'
  | 'arithmetic'
  | 'expansion'
  | 'unknown';

type Frame = 'bare' | 'double' | 'backquote' | 'arithmetic' | 'expansion';

interface Scan {
  readonly text: string;
  readonly contexts: ShellContext[];
  readonly frames: Frame[];
  readonly delimiters: { readonly word: string; readonly stripsTabs: boolean }[];
  at: number;
}

/** The context of every character of a shell text (UTF-16 units). */
export function shellContexts(text: string): readonly ShellContext[] {
  if (isIntricate(text)) return Array.from({ length: text.length }, () => 'unknown');
  const scan: Scan = { text, contexts: [], frames: ['bare'], delimiters: [], at: 0 };
  while (scan.at < text.length) step(scan);
  return scan.contexts;
}

/**
 * Shapes in which shells disagree, or in which finding the end needs a full parser: quotes inside of `${ }` and
 * near backquotes, `$'…\'…'`, and the unbalanced parentheses of `case` inside of a substitution.
 */
function isIntricate(text: string): boolean {
  if (/\$\{[^}]*['"\\`]/.test(text) || /\$'[^'\\]*(?:\\[^'][^'\\]*)*\\'/.test(text)) return true;
  if (text.includes('`') && /['"\\]/.test(text)) return true;
  return /\besac\b/.test(text) && /[$<>]\(/.test(text);
}

function frameOf(scan: Scan): Frame {
  return scan.frames.at(-1) ?? 'bare';
}

/** Marks the next characters and goes on behind them. */
function take(scan: Scan, context: ShellContext, length = 1): void {
  for (let i = 0; i < length && scan.at < scan.text.length; i += 1) {
    scan.contexts.push(context);
    scan.at += 1;
  }
}

function step(scan: Scan): void {
  const frame = frameOf(scan);
  if (scan.text[scan.at] === '\\') {
    take(scan, frame);
    take(scan, frame === 'bare' ? 'escaped' : frame);
  } else if (!opens(scan, frame) && !closes(scan, frame)) readPlain(scan, frame);
}

/** Substitutions open in every frame; quotes, comments and here-documents only where commands stand. */
function opens(scan: Scan, frame: Frame): boolean {
  const found = /^(?:\$\(\(|\$\(|\$\{|`)/.exec(scan.text.slice(scan.at, scan.at + 3))?.[0];
  if (found === '`' && frame === 'backquote') return false;
  if (found !== undefined) {
    const inner = ({ '$((': 'arithmetic', '$(': 'bare', '${': 'expansion', '`': 'backquote' } as const)[
      found
    ];
    // Inside of backquotes everything is read twice, so nothing in it is bare.
    scan.frames.push(scan.frames.includes('backquote') ? 'backquote' : (inner ?? 'bare'));
    take(scan, frame, found.length);
    return true;
  }
  if (scan.text[scan.at] === '"' && frame !== 'double') {
    scan.frames.push('double');
    take(scan, 'double');
    return true;
  }
  return frame !== 'double' && opensInCommand(scan, frame);
}

function opensInCommand(scan: Scan, frame: Frame): boolean {
  const rest = scan.text.slice(scan.at, scan.at + 3);
  if (rest.startsWith("$'")) takeUntil(scan, 'ansi', /'(?:[^'\\]|\\[\s\S])*(?:'|$)/g);
  else if (rest.startsWith("'")) takeUntil(scan, 'single', /'[^']*(?:'|$)/g);
  else if (frame !== 'bare') return false;
  else if (rest.startsWith('((')) open(scan, 'arithmetic', 2);
  else if (rest.startsWith('(')) open(scan, 'bare', 1);
  else if (rest.startsWith('#') && startsWord(scan)) {
    takeUntil(scan, 'comment', /[^\n]*/g);
  } else if (rest.startsWith('<<') && rest !== '<<<') readDelimiter(scan);
  else return false;
  return true;
}

/** An escaped line break joins two lines, so a `#` behind it goes on with the word. */
function startsWord({ text, at, contexts }: Scan): boolean {
  return at === 0 || (/[\s;&|()]/.test(text[at - 1] ?? '') && contexts[at - 1] !== 'escaped');
}

function open(scan: Scan, frame: Frame, length: number): void {
  scan.frames.push(frame);
  take(scan, frame, length);
}

function takeUntil(scan: Scan, context: ShellContext, pattern: RegExp): void {
  pattern.lastIndex = scan.at;
  const match = pattern.exec(scan.text);
  const end = match ? match.index + match[0].length : scan.text.length;
  const taken = scan.text.slice(scan.at, end);
  if (scan.delimiters.length > 0 && taken.includes('\n')) giveUp(scan);
  else take(scan, context, taken.length);
}

/** A quoted line break between `<<EOF` and its text: where the text begins is not worth guessing. */
function giveUp(scan: Scan): void {
  take(scan, 'unknown', scan.text.length - scan.at);
}

const closers = {
  bare: ')',
  double: '"',
  backquote: '`',
  arithmetic: '))',
  expansion: '}',
} as const satisfies Record<Frame, string>;

function closes(scan: Scan, frame: Frame): boolean {
  if (scan.frames.length < 2 || !scan.text.startsWith(closers[frame], scan.at)) return false;
  take(scan, frame, closers[frame].length);
  scan.frames.pop();
  return true;
}

function readPlain(scan: Scan, frame: Frame): void {
  const isLineEnd = scan.text[scan.at] === '\n';
  take(scan, frame, scan.text.startsWith('<<<', scan.at) ? 3 : 1);
  if (!isLineEnd || scan.delimiters.length === 0) return;
  if (frame !== 'bare') giveUp(scan);
  while (scan.delimiters.length > 0) readHereDocument(scan);
}

/** `<<EOF`, `<<-'EOF'`: the text begins with the next line. */
function readDelimiter(scan: Scan): void {
  const match = /<<(-?)[ \t]*((?:\\.|'[^'\n]*'|"[^"\n]*"|[^\s;&|()<>'"\\])+)/y;
  match.lastIndex = scan.at;
  const [all = '<<', dash = '', word = ''] = match.exec(scan.text) ?? [];
  scan.delimiters.push({ word: word.replace(/['"\\]/g, ''), stripsTabs: dash === '-' });
  take(scan, 'bare', all.length);
}

function readHereDocument(scan: Scan): void {
  const delimiter = scan.delimiters.shift();
  while (delimiter && scan.at < scan.text.length) {
    const end = scan.text.indexOf('\n', scan.at);
    const line = scan.text.slice(scan.at, end < 0 ? scan.text.length : end);
    take(scan, 'heredoc', line.length + 1);
    if ((delimiter.stripsTabs ? line.replace(/^\t+/, '') : line) === delimiter.word) return;
  }
}
