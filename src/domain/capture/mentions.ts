import { looksLikeCommand } from './looks-like-command.ts';
import { markBareCommands } from './mark-bare-commands.ts';
import { type MessagePart, messageParts } from './message-parts.ts';
import { judgeStance, type Stance } from './stance.ts';
import { readBlock, type TranscriptEntry } from './transcript.ts';

/** A command in a message, and what the message says of it. */
export interface Mention extends TranscriptEntry {
  readonly stance: Stance;
  /** A terminal shows it; otherwise it stands in prose or in a bare block. */
  readonly isShown: boolean;
}

export interface ReadMessage {
  readonly mentions: readonly Mention[];
  /** Its prose, with code as plain words. */
  readonly prose: string;
  /** Blocks that hold no command: output, as a rule. */
  readonly texts: readonly string[];
}

/** The commands of a person's message, in order. */
export function readMentions(text: string): ReadMessage {
  const parts = messageParts(text);
  const mentions: Mention[] = [];
  const texts: string[] = [];
  for (const [index, part] of parts.entries()) {
    if (part.kind === 'prose') mentions.push(...mentionsInProse(part.text));
    else mentions.push(...mentionsInBlock(part, parts[index - 1], parts[index + 1], texts, mentions));
  }
  const prose = parts.flatMap((part) => (part.kind === 'prose' ? [part.text] : [])).join('\n');
  return { mentions, texts, prose: prose.replaceAll('`', '') };
}

/** Pieces between backticks of one text; whoever writes more writes no message. */
const mostPieces = 200;

/** What stands before a command between backticks, back to the end of the sentence before. */
function mentionsInProse(prose: string): readonly Mention[] {
  const pieces = markBareCommands(prose).split(/(?<!`)`+([^`\n]+)`+/, mostPieces);
  const blank = (index: number) =>
    pieces.map((one, at) => (at % 2 === 0 ? one : at === index ? '\u0001' : 'it'));
  return pieces.flatMap((piece, index) => {
    if (
      index % 2 === 0 ||
      !(looksLikeCommand(piece, 'inline') || isSaidToRun(pieces[index - 1] ?? '', piece))
    )
      return [];
    const [before = '', after = ''] = blank(index).join('').split('\u0001');
    const stance = judgeStance(leadOf(before), firstSentence(after));
    const output = stance === 'ran' ? shortOutput(pieces[index + 1] ?? '', pieces[index + 2]) : null;
    return [{ command: unprompted(piece), output, host: null, stance, isShown: false }];
  });
}

/** "Ran `gitlab-rake gitlab:check`": what somebody says outright that they ran may be a program that nobody knows. */
const isSaidToRun = (before: string, piece: string): boolean =>
  (/\b(?:ran|re-?ran|running|executed)\s*$/i.test(before.slice(-20)) && /^[a-z][\w./-]+ \S/.test(piece)) ||
  (/\b(?:i|we|^|\n)\s*did\b[^.\n]{0,60}$/i.test(before.slice(-70)) && /^[a-z][\w./-]+ \S+ \S/.test(piece)) ||
  (/\b\w{3,}ed\b[^.\n]{0,60}(?::|\b(?:and|with|via|using|by))\s*$/i.test(before.slice(-80)) &&
    isCallOfUnknown(piece));

/** A program that nobody knows, with switches as they are written on Windows or elsewhere. */
const isCallOfUnknown = (piece: string): boolean => /^[a-z][\w.-]+(?: \S+)* [-/]\w+(?: \S+)+$/.test(piece);

const unprompted = (code: string): string => code.trim().replace(/^[$#] (?=\S)/, '');
/** A command that stands alone belongs to the sentence before it: "should we restart? `systemctl …`". */
const leadOf = (text: string): string =>
  lastSentence(text).trim() === '' ? lastSentence(text.trimEnd()) : lastSentence(text);
const lastSentence = (text: string): string => text.split(/(?<=[.!?])\s+|\n\s*\n/).at(-1) ?? '';
const firstSentence = (text: string): string => /^[^\n]*?(?:[.!?](?=\s|$)|(?=\n|$))/.exec(text)?.[0] ?? text;

/** "`cmd` → deleted", "`cmd` says `8192`": what it answered, in the same line. */
function shortOutput(after: string, code: string | undefined): string | null {
  const arrow = /^\s*(?:→|->|=>|⇒)\s*([^\n]*)/u.exec(after);
  if (!arrow) return null;
  const told = (arrow[1] ?? '').trim() || (code ?? '');
  return told === '' ? null : told.replace(/^"(.*)"$/, '$1');
}

type Block = Extract<MessagePart, { kind: 'block' }>;

function mentionsInBlock(
  block: Block,
  lead: MessagePart | undefined,
  next: MessagePart | undefined,
  texts: string[],
  earlier: Mention[],
): readonly Mention[] {
  const read = readBlock(block.text, block.language);
  const spoken =
    lead?.kind === 'prose'
      ? (lead.text
          .replace(/`[^`]*`/g, 'it')
          .split('\n')
          .at(-1) ?? '')
      : '';
  if (read.kind === 'text') {
    giveOutput(earlier, block.text, texts);
    return [];
  }
  const follow = next?.kind === 'prose' ? firstSentence(next.text) : '';
  const stance = stanceOfBlock(read.kind, read.entries, spoken, follow);
  return read.entries.map((entry) => ({ ...entry, stance, isShown: true }));
}

/** A block without commands behind a command that ran is what it printed. */
function giveOutput(earlier: Mention[], text: string, texts: string[]): void {
  const last = earlier.at(-1);
  if (last && last.output === null && last.stance !== 'refused' && !last.isShown)
    earlier[earlier.length - 1] = { ...last, stance: 'ran', output: text };
  else texts.push(text);
}

/** Output proves that something ran; without any, what was said of it decides. */
function stanceOfBlock(
  kind: 'terminal' | 'commands',
  entries: readonly TranscriptEntry[],
  before: string,
  after: string,
): Stance {
  if (entries.some(({ output }) => output !== null)) return 'ran';
  const said = judgeStance(leadOf(before), after);
  if (kind === 'terminal' && entries.some(({ host }) => host !== null))
    return said === 'refused' ? said : 'ran';
  return said === 'named' ? 'ran' : said;
}
