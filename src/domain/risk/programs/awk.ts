import { judgeUnlisted } from '../judge-flag-rule.ts';
import { readArguments } from '../read-arguments.ts';
import { destructive, readOnly, worstVerdict } from '../risk.ts';
import type { Flags, Judge } from '../rule.ts';
import { literalOf } from '../word.ts';

const flags = {
  harmless: `-F= --field-separator= -v= --assign= -P --posix -r --re-interval -S --sandbox -O -b -M -N -t -V
    --version --help`,
} as const satisfies Flags;

/** awk(1): the program text must be fixed; it may not run anything, nor send its output anywhere else. */
export const judgeAwk: Judge = ({ program, args }) => {
  const read = readArguments(args, flags, true);
  const [script] = read.operands;
  const own = judgeUnlisted(program, read, flags, false);
  if (own.length > 0 || !script) return worstVerdict(own, readOnly('awk only prints its version'));
  const text = literalOf(script);
  if (text === null) return destructive('awk: its program is known only when it runs');
  const danger = dangerOf(text);
  return danger ? destructive(`awk: ${danger}`) : readOnly('awk only prints');
};

function dangerOf(text: string): string | null {
  if (/\bsystem\b|@/.test(text)) return 'the program can run other programs';
  const code = withoutTexts(text);
  if (code === null) return 'the program is not understood';
  if (/(?<!\|)\|(?!\|)/.test(code)) return 'the program pipes into or from another program';
  return printsElsewhere(code) ? 'the program writes to a file' : null;
}

const TEXTS = /"(?:\\[\s\S]|[^"\\\n])*"|#[^\n]*|"|\//y;
const REGEX = /\/(?:\\[\s\S]|\[\^?\]?(?:\\[\s\S]|\[:\w+:\]|[^\]\\\n])*\]|[^/\\[\n])*\//y;

/** The program without strings, regular expressions and comments; null when one of them does not end. */
function withoutTexts(text: string): string | null {
  // The look back for what a slash means is short; a long gap would lie outside of it.
  if (/\s{60}/.test(text)) return null;
  let code = '';
  for (let at = 0; at < text.length; ) {
    const piece = pieceAt(text, at, code);
    if (piece === null) return null;
    code += piece.stands;
    at += piece.length;
  }
  return code;
}

interface Piece {
  readonly length: number;
  /** What takes its place in the code that is left. */
  readonly stands: string;
}

function pieceAt(text: string, at: number, before: string): Piece | null {
  TEXTS.lastIndex = at;
  const found = TEXTS.exec(text)?.[0] ?? text.charAt(at);
  if (found === '"') return null;
  if (found === '/') return isOperandExpected(before) ? regexAt(text, at) : { length: 1, stands: '/' };
  if (found.startsWith('"')) return { length: found.length, stands: outputTarget(found) };
  return { length: found.length, stands: found.startsWith('#') ? ' ' : found };
}

function regexAt(text: string, at: number): Piece | null {
  REGEX.lastIndex = at;
  const regex = REGEX.exec(text)?.[0];
  return regex === undefined ? null : { length: regex.length, stands: ' r ' };
}

/** Printing to the standard streams by name is the one redirection that stays inside. */
function outputTarget(text: string): string {
  return /^"\/dev\/(?:stderr|stdout|null)"$/.test(text) ? ' own ' : ' s ';
}

/** A slash begins a regular expression exactly where a value may stand (POSIX awk, "Lexical Conventions"). */
function isOperandExpected(code: string): boolean {
  const before = code.slice(-80).trimEnd();
  return (
    before === '' ||
    /[([{,;}!&|~=?:<>+\-*%^\n]$/.test(before) ||
    /\b(?:print|printf|return|in|else|do)$/.test(before)
  );
}

/** A `>` behind print or printf, outside of parentheses, names a file. */
function printsElsewhere(code: string): boolean {
  for (const [, rest = ''] of code.matchAll(/\bprintf?\b([^;}\n]*)/g)) {
    let flat = rest;
    for (let before = ''; before !== flat; ) {
      before = flat;
      flat = flat.replace(/\([^()]*\)/g, '');
    }
    if (/>/.test(flat.replace(/>\s*own\b/g, ''))) return true;
  }
  return false;
}
