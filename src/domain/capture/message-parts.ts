import { looksLikeCommand } from './looks-like-command.ts';
import { reporting } from './mark-bare-commands.ts';
import { readPrompt } from './prompts.ts';

/** Prose, which may hold code between backticks, or a block of code. */
export type MessagePart =
  | { readonly kind: 'prose'; readonly text: string }
  | { readonly kind: 'block'; readonly text: string; readonly language: string | null };

/** A fence's language, where the first line is one; Slack has none, so the line may be what was pasted. */
const languages = new Set(
  'sh bash zsh shell console terminal shell-session ps1 powershell pwsh sql psql mysql text txt log logs plaintext json yaml yml ini toml conf nginx xml html diff python py js ts go java ruby php css md markdown hcl terraform'.split(
    ' ',
  ),
);

/** The parts of a message in order. What somebody quotes and what they struck out are not their words and are left out. */
export function messageParts(text: string): readonly MessagePart[] {
  return text
    .split(/```([\s\S]*?)(?:```|$)/)
    .flatMap((piece, index) => (index % 2 === 0 ? proseParts(piece) : blockParts(piece)));
}

/** An empty fence holds nothing. */
function blockParts(piece: string): readonly MessagePart[] {
  const [, first = '', rest] = /^(\S*)[ \t]*\n([\s\S]*)$/.exec(piece) ?? [];
  const language = rest !== undefined && languages.has(first.toLowerCase()) ? first.toLowerCase() : null;
  const code = (language === null ? piece : (rest ?? '')).replace(/^\s*\n/, '').trimEnd();
  return code === '' ? [] : [{ kind: 'block', language, text: code }];
}

/** Terminals are pasted without a fence too: a line with a prompt, and what it printed up to an empty line. */
function proseParts(text: string): readonly MessagePart[] {
  const parts: { kind: 'prose' | 'block'; lines: string[] }[] = [];
  const lines = withPromptsApart(text)
    .split('\n')
    .filter((one) => !/^\s*>/.test(one));
  for (const [at, line] of lines.entries()) {
    const last = parts.at(-1);
    const begins = readPrompt(line, 'prose') !== null || isTypedAlone(line, lines[at - 1] ?? '');
    const isTerminal = begins || (last?.kind === 'block' && isOutput(line));
    const kind = isTerminal ? 'block' : 'prose';
    if (last?.kind === kind) last.lines.push(line);
    else parts.push({ kind, lines: [line] });
  }
  return parts
    .map(({ kind, lines }) => ({ kind, text: lines.join('\n').trim() }))
    .filter((part) => part.text !== '')
    .map((part) =>
      part.kind === 'block'
        ? { ...part, kind: 'block', language: null }
        : { kind: 'prose', text: withoutStruck(part.text) },
    );
}

/** "now removing: PS C:\\> Remove-Item …": a prompt that names its place begins a line of its own. */
const withPromptsApart = (text: string): string =>
  text.replace(/([:,] )(?=(?:PS [A-Z]:\\[^>\n]*>|[a-z_][\w.-]*@[\w.-]+:[~/][^\s$#]*[$#]) \S)/g, '$1\n');

/** In mails and where nobody makes fences a command stands as a paragraph of its own, or is indented as code. */
function isTypedAlone(line: string, before: string): boolean {
  if (before.trim() !== '' || !/^\s*[a-z./~][^`]*[^.!?:,`\s]\s*$/.test(line)) return false;
  return (
    !told.test(line) && looksLikeCommand(line, 'line') && (/^(?: {4}|\t)/.test(line) || typedMark.test(line))
  );
}

const told = new RegExp(` ${reporting} `);
const typedMark = /\s-{1,2}[a-z][\w-]*(?=[\s=]|$)|\s\| [a-z]|\\$/i;

const isOutput = (line: string): boolean =>
  line.trim() !== '' &&
  !/^\s*(?:(?:that|this|now|so|and|but|still|looks?|works?|fixed|done|ok|i|we|which|no|yes|it|all|not|nothing|same|hm+)\b|[:`@])/i.test(
    line,
  );

const withoutStruck = (text: string): string =>
  text.replace(/(^|\s)(~~?)(?![~/\s])[^~`\n]*[^~\s]\2(?=[\s.,:;!?]|$)/g, '$1').trim();
