import { looksLikeCommand } from './looks-like-command.ts';
import { type PromptLine, readContinuation, readPrompt, type Session } from './prompts.ts';
import { isUnfinished } from './unfinished.ts';

/** One command of a pasted terminal and what it printed. */
export interface TranscriptEntry {
  readonly command: string;
  readonly output: string | null;
  readonly host: string | null;
}

/** What a block of code is: a terminal with prompts, bare commands with what they may have printed, or only text. */
export type ReadBlock =
  | { readonly kind: 'terminal' | 'commands'; readonly entries: readonly TranscriptEntry[] }
  | { readonly kind: 'text' };

/** Lines; what is longer is no command that somebody typed, and every line is read again with those before it. */
const longestCommand = 100;

const codeOfOthers =
  /^(?:json|ya?ml|ini|toml|conf|nginx|xml|html|diff|python|py|js|ts|go|java|ruby|php|css|md|markdown|hcl|terraform|logs?)$/;

export function readBlock(text: string, language: string | null): ReadBlock {
  const lines = text.split('\n');
  if (lines.some((line) => readPrompt(line, 'block')))
    return { kind: 'terminal', entries: readTerminal(lines) };
  if (language !== null && codeOfOthers.test(language)) return { kind: 'text' };
  const entries = readBare(lines);
  return entries.length > 0 ? { kind: 'commands', entries } : { kind: 'text' };
}

function readTerminal(lines: readonly string[]): readonly TranscriptEntry[] {
  const entries: TranscriptEntry[] = [];
  let at = 0;
  while (at < lines.length) {
    const prompt = readPrompt(lines[at] ?? '', 'block');
    at += 1;
    if (!prompt || prompt.typed === '' || /^(?:exit|quit|logout|\\q|clear|#.*)$/.test(prompt.typed)) continue;
    const { command, next } = readTyped(prompt, lines, at);
    at = next;
    while (at < lines.length && readPrompt(lines[at] ?? '', 'block') === null) at += 1;
    entries.push({ command, output: outputOf(lines.slice(next, at)), host: prompt.host });
  }
  return entries;
}

/** The whole of what was typed from the prompt on, and where its output begins. */
function readTyped(
  { typed, session }: PromptLine,
  lines: readonly string[],
  from: number,
): { readonly command: string; readonly next: number } {
  let command = typed;
  let next = from;
  while (next < lines.length && next - from < longestCommand) {
    const more = continuationOf(lines[next] ?? '', command, session);
    if (more === null) break;
    command += `\n${more}`;
    next += 1;
  }
  return { command, next };
}

/** The line as it goes on with the command; null where it is output. */
function continuationOf(line: string, command: string, session: Session): string | null {
  const continued = readContinuation(line, session);
  if (continued !== null) return goesOn(command, session) ? continued : null;
  return waits(command, session) && readPrompt(line, 'block') === null ? line.trimEnd() : null;
}

const waits = (command: string, session: Session): boolean => session === 'shell' && isUnfinished(command);

/** A shell's `> ` counts only while the shell waits: output may begin with one. */
const goesOn = (command: string, session: Session): boolean => session !== 'shell' || waits(command, session);

/** Commands without prompts: the first line must be one. Behind what is none all is output, up to a line that can only be typed. */
function readBare(lines: readonly string[]): readonly TranscriptEntry[] {
  const entries: TranscriptEntry[] = [];
  let at = 0;
  while (at < lines.length) {
    const command = wholeCommand(lines, at);
    const isBlank = /^\s*(?:#(?!!)|$)/.test(lines[at] ?? '');
    if (!isBlank && !looksLikeCommand(command, 'line')) {
      const next = nextTyped(lines, at + 1, entries);
      giveLast(entries, outputOf(lines.slice(at, next)));
      at = next;
      continue;
    }
    if (!isBlank) entries.push({ command: command.trim(), output: null, host: null });
    at += isBlank ? 1 : command.split('\n').length;
  }
  return entries;
}

function giveLast(entries: TranscriptEntry[], output: string | null): void {
  const last = entries.pop();
  if (last) entries.push({ ...last, output });
}

/** Where the next command begins behind output: with a program of this block again, or with options that no output has. */
function nextTyped(lines: readonly string[], from: number, earlier: readonly TranscriptEntry[]): number {
  const programs = new Set(earlier.map(({ command }) => programOf(command)));
  const isTyped = (line: string) =>
    looksLikeCommand(line, 'line') &&
    (programs.has(programOf(line)) ? isCall(line) : /^[\w./-]+(?: \S+)*? -{1,2}[a-z]/i.test(line));
  const found = programs.size === 0 ? -1 : lines.findIndex((line, at) => at >= from && isTyped(line));
  return found < 0 ? lines.length : found;
}

/** A table may print statements of SQL: only one that ends was typed. */
const isCall = (line: string): boolean =>
  /\s/.test(line.trim()) && (!isStatement.test(line) || /;\s*$/.test(line));
const isStatement = /^(?:select|insert|update|delete|alter|create|drop|with|show|explain|analyze|vacuum)\b/i;

const programOf = (command: string): string => command.replace(/^sudo\s+/, '').split(/\s/, 1)[0] ?? '';

function wholeCommand(lines: readonly string[], from: number): string {
  let command = (lines[from] ?? '').trimEnd();
  const end = Math.min(lines.length, from + longestCommand);
  for (let at = from + 1; at < end && (isUnfinished(command) || isOpenStatement(command)); at += 1)
    command += `\n${(lines[at] ?? '').trimEnd()}`;
  return command;
}

/** A statement of SQL over several lines ends with a semicolon. */
const isOpenStatement = (command: string): boolean =>
  /^(?:select|update\s+\S+\s*$|update\s+\S+\s+set|delete\s+from|insert\s+into|alter\s+table|create\s+\w+)\b/i.test(
    command,
  ) &&
  !/(?:;|\\G)\s*$/.test(command) &&
  command.split('\n').length < 40;

function outputOf(lines: readonly string[]): string | null {
  const text = lines
    .join('\n')
    .replace(/^(?:\s*\n)+/, '')
    .trimEnd();
  return text === '' ? null : text;
}
