import type { ThreadMessage } from '../capture/thread.ts';
import type { DraftedStep } from '../capture/thread-draft.ts';
import { type RanStep, stateOf, type ToldStep } from './told-step.ts';

/** What the bot's runs would look like in the thread, so that they are read in their place between the words of people. */
export function runMessages(ran: readonly RanStep[]): readonly ThreadMessage[] {
  return ran.map(({ command, output, exitCode, state, at }, index) => ({
    id: `run-${index}`,
    author: 'recourse',
    isBot: true,
    at,
    // Three backticks in an output would end the block.
    text: `The step ${state}${exitCode === null ? '' : `, exit code ${exitCode}`}.\n\`\`\`\n$ ${command}\n${(output ?? '').replaceAll('```', "'''")}\n\`\`\``,
    reactions: [],
  }));
}

/**
 * The steps of a draft, those that the bot ran exactly as it ran them: reading them back from text may lose a line, an
 * exit code or the whole step.
 */
export function joinRuns(drafted: readonly DraftedStep[], ran: readonly RanStep[]): readonly ToldStep[] {
  const steps: ToldStep[] = drafted.map((step) => ({ ...step, state: stateOf(step) }));
  let from = 0;
  for (const { at: _, ...step } of ran) {
    const found = steps.findIndex((one, index) => index >= from && isBeginning(one.command, step.command));
    const place = found === -1 ? from : found;
    steps.splice(place, found === -1 ? 0 : 1, step);
    from = place + 1;
  }
  return steps;
}

const isBeginning = (read: string, whole: string): boolean =>
  whole.trim() === read.trim() || whole.startsWith(`${read}\n`);
