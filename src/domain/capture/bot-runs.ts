import { looksLikeCommand } from './looks-like-command.ts';
import { messageParts } from './message-parts.ts';
import { readBlock } from './transcript.ts';

/** A command of which a bot reports that it ran. */
export interface BotRun {
  readonly command: string;
  readonly output: string | null;
  readonly exitCode: number | null;
}

const reported =
  /\b(?:succeeded|failed|exit(?:ed)?(?:[ -](?:code|status))?[ :=(]*\d+|rc ?= ?\d+|ran|executed|finished|completed?|timed out|done|success(?:ful(?:ly)?)?|returned)\b|[✅❌✔✖]|:(?:white_check_mark|x|heavy_check_mark):/iu;
const proposed =
  /\b(?:wait(?:s|ing) for|needs? (?:\w+ )?approv\w+|propos\w+|approve\b|pending|suggest\w*|recommend\w*|would run|will run|dry[- ]run|preview|rejected|expired|skipped|not run|cancelled before|requested)/i;
const exitOf =
  /\b(?:exit(?:ed)?(?:[ -]?(?:code|status))?(?: with)?(?: code)?|rc|status)[ :=(*`]*(\d{1,3})\b/i;

/** What a bot says that it ran: the command first, then what it printed. Proposals are none, however they look. */
export function readBotRuns(text: string): readonly BotRun[] {
  const parts = messageParts(text);
  const prose = parts.flatMap((part) => (part.kind === 'prose' ? [part.text] : [])).join('\n');
  if (!reported.test(prose) || proposed.test(prose)) return [];
  const exitCode = readExitCode(prose);
  const blocks = parts.flatMap((part) => (part.kind === 'block' ? [part] : []));
  const [first, ...rest] = blocks.map(({ text: block, language }) => ({
    block,
    read: readBlock(block, language),
  }));
  if (first?.read.kind === 'terminal') return first.read.entries.map((entry) => ({ ...entry, exitCode }));
  const inline = [...prose.matchAll(/`+([^`\n]+)`+/g)]
    .map(([, code = '']) => code.replace(/^\$ /, ''))
    .find((code) => looksLikeCommand(code, 'line'));
  const outputs = (inline === undefined ? rest : [first, ...rest]).flatMap((one) => (one ? [one.block] : []));
  const output = outputs.join('\n').trim() || null;
  if (inline !== undefined) return [{ command: inline, output, exitCode }];
  if (first?.read.kind !== 'commands') return [];
  const own = output ?? first.read.entries.at(-1)?.output ?? null;
  return first.read.entries.map((entry, at, all) => ({
    command: entry.command,
    output: at === all.length - 1 ? own : entry.output,
    exitCode,
  }));
}

/** The code that a text says a command ended with. */
export function readExitCode(text: string): number | null {
  const found = exitOf.exec(text);
  return found ? Number(found[1]) : null;
}
