import { looksLikeCommand } from '../capture/looks-like-command.ts';
import { readMentions } from '../capture/mentions.ts';
import { readPrompt } from '../capture/prompts.ts';

/** More than this in one report is a log and no list of steps. */
const mostCommands = 10;
/** A statement of a database client is no command of a shell. */
const statement =
  /^(?:select|insert|update|delete|alter|create|drop|truncate|grant|revoke|begin|commit|rollback|vacuum|analyze|reindex|explain|flush|call|refresh|show)\s/i;

/**
 * The shell commands that somebody says they ran by hand, in order, each once: behind a prompt, in a block, on a line of
 * their own or between backticks. What was only advised, or was not to be run, is none.
 */
export function handCommands(text: string): readonly string[] {
  const said = text.split(/\r?\n/).map(asTyped).join('\n');
  const ran = readMentions(said)
    .mentions.filter(({ stance }) => stance === 'ran' || stance === 'named')
    .map(({ command }) => command.trim())
    .filter((command) => command !== '' && !statement.test(command));
  return [...new Set(ran)].slice(0, mostCommands);
}

/** In a form nobody pastes a prompt: a line that is nothing but a command was typed as one. */
function asTyped(line: string): string {
  const bare = line.replace(/^\s*(?:[-*•]|\d{1,2}[.)])\s+/u, '').trim();
  if (bare.includes('`') || readPrompt(line, 'prose') !== null) return line;
  return looksLikeCommand(bare, 'line') ? `$ ${bare}` : line;
}
