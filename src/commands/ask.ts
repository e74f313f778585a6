import { answerAsJson } from './answer-as-json.ts';
import { type AnswerView, answerAsText } from './answer-as-text.ts';
import { type CommandContext, type CommandIo, exitCodes } from './command.ts';

export interface AskOptions extends Omit<AnswerView, 'now'> {
  readonly json?: boolean;
}

/** Prints the ranked answer that the chat would give. Nothing is stored and nobody is told. */
export async function ask(
  context: CommandContext,
  io: CommandIo,
  question: string,
  options: AskOptions & { readonly now: number },
): Promise<number> {
  if (question.trim() === '') {
    io.err('error: the question is empty\n');
    return exitCodes.usage;
  }
  const answer = await context.ask(question);
  if (options.json) io.out(`${JSON.stringify(answerAsJson(question, answer), null, 2)}\n`);
  else io.out(answerAsText(answer, options));
  return exitCodes.done;
}
