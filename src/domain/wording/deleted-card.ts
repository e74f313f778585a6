import type { Reply } from '../reply.ts';
import { notice } from './notices.ts';

/** What stands in place of an answer whose question was deleted. */
export function deletedCard(): Reply {
  return notice('The question was deleted, so this answer is closed. Mention @recourse to ask again.');
}

/** Said in a thread where a solution is in use although its question was deleted. */
export function deletedNote(): Reply {
  return notice('The first message of this thread was deleted. What is in use here goes on; Stop ends it.');
}
