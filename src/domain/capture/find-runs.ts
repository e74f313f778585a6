import { readBotRuns, readExitCode } from './bot-runs.ts';
import { type Mention, type ReadMessage, readMentions } from './mentions.ts';
import { takesUp, turnsDown } from './replies.ts';
import type { ThreadMessage } from './thread.ts';

/** A command that was run, and the message that tells it. */
export interface Run {
  readonly command: string;
  readonly output: string | null;
  readonly exitCode: number | null;
  readonly host: string | null;
  /** Index into the messages: where the run is told. */
  readonly at: number;
  /** Where the command was proposed, when somebody only said that they did it. */
  readonly proposedAt: number | null;
}

interface Proposal {
  readonly mention: Mention;
  readonly at: number;
  readonly author: string;
}

/** How many messages of people later a proposal may still be taken up. */
const longestPause = 5;
/** A longer message tells a story of its own and answers nobody. */
const longestReply = 160;

/** Every command of the thread that somebody really ran, in order. Proposals count once somebody says that they did it. */
export function findRuns(messages: readonly ThreadMessage[], read: readonly ReadMessage[]): readonly Run[] {
  const runs: Run[] = [];
  let open: Proposal[] = [];
  for (const [at, message] of messages.entries()) {
    if (message.isBot) {
      runs.push(...readBotRuns(message.text).map((run) => ({ ...run, host: null, at, proposedAt: null })));
      continue;
    }
    const own = read[at] ?? { mentions: [], prose: '', texts: [] };
    const answered = answer(open, own, { at, author: message.author });
    runs.push(...answered.runs);
    for (const mention of own.mentions) if (mention.stance === 'ran') addRun(runs, mention, at);
    open = [
      ...answered.open.filter(
        (one) => at - one.at < longestPause - 1 && !isRun(runs, one.mention.command, one.at),
      ),
      ...own.mentions
        .filter(({ stance }) => stance === 'proposed')
        .map((mention) => ({ mention, at, author: message.author })),
    ];
  }
  return runs;
}

function answer(
  open: readonly Proposal[],
  { prose, texts, mentions }: ReadMessage,
  { at, author }: { readonly at: number; readonly author: string },
): { readonly runs: readonly Run[]; readonly open: readonly Proposal[] } {
  const newest = open.at(-1);
  if (!newest || mentions.some(({ stance }) => stance === 'ran')) return { runs: [], open };
  if (author !== newest.author && turnsDown(prose)) return { runs: [], open: open.slice(0, -1) };
  const isShort = prose.length <= longestReply;
  const taken = open.filter(({ mention }) => isShort && takesUp(prose, mention.command));
  const shows = texts.length > 0 && author !== newest.author && at - newest.at <= 2;
  const chosen = taken.at(-1) ?? (shows ? newest : undefined);
  if (!chosen) return { runs: [], open };
  // Whoever advised several commands in one message advised them together.
  const together = open.filter((one) => one.at === chosen.at);
  const runs = together.map(({ mention }, index) => ({
    command: mention.command,
    output: index === together.length - 1 ? (texts[0] ?? null) : null,
    exitCode: null,
    host: mention.host,
    at,
    proposedAt: chosen.at,
  }));
  return { runs, open: open.filter((one) => one.at !== chosen.at) };
}

const isRun = (runs: readonly Run[], command: string, since: number): boolean =>
  runs.some((run) => run.command === command && run.at >= since);

/** Telling of a command that the thread has shown already is no second run. */
function addRun(runs: Run[], mention: Mention, at: number): void {
  const isTold =
    !mention.isShown && mention.output === null && runs.some(({ command }) => command === mention.command);
  if (isTold) return;
  runs.push({
    command: mention.command,
    output: mention.output,
    exitCode: exitCodeIn(mention),
    host: mention.host,
    at,
    proposedAt: null,
  });
}

/** `…; echo $?` prints it last; some programs tell that of another. */
function exitCodeIn({ command, output }: Mention): number | null {
  if (output === null) return null;
  const printed = /echo \$\?$/.test(command) ? /(?:^|\n)(\d{1,3})$/.exec(output)?.[1] : undefined;
  if (printed !== undefined) return Number(printed);
  return /command terminated with exit code/.test(output) ? readExitCode(output) : null;
}

/** What people said and pasted, message by message; of bots nothing. */
export const readAll = (messages: readonly ThreadMessage[]): readonly ReadMessage[] =>
  messages.map(({ isBot, text }) => (isBot ? { mentions: [], prose: '', texts: [] } : readMentions(text)));
