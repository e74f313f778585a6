import { Fault } from '#domain/fault.ts';
import type { LoggedMessage } from '#ports/conversation-log.ts';
import { longestThread, type SaidMessage, type SaidThread } from '#ports/said-thread.ts';

/** What people said in a thread of the log, of which `longestThread` messages were read. */
export function saidThread(logged: readonly LoggedMessage[], thread: string): SaidThread {
  if (logged.length === 0)
    throw new Fault(
      'rejected',
      'playground-no-thread',
      `There is no thread ${thread} in the playground.`,
      'Begin a new one.',
    );
  return { messages: logged.flatMap(saidIn), isWhole: logged.length < longestThread };
}

function saidIn({ id, author, body, onlyFor, reactions, at }: LoggedMessage): readonly SaidMessage[] {
  if (body.kind !== 'text' || onlyFor !== null) return [];
  return [
    {
      id,
      author: author.externalId,
      name: author.name,
      isBot: author.isBot,
      at,
      text: body.text,
      reactions: Object.entries(reactions).map(([emoji, users]) => ({ emoji, users })),
    },
  ];
}
