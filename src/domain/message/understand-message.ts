import { splitWords } from '../text/split-words.ts';
import {
  acknowledgement,
  alertName,
  announcement,
  greeting,
  knowledgeQuestion,
  resolved,
  socialTimes,
  socialWords,
  troubleMarks,
  troubleNumbers,
  troubleWords,
  unresolved,
} from './message-words.ts';

export const commands = ['help', 'status'] as const;
export type Command = (typeof commands)[number];

/**
 * What somebody wants with a message. `problem`: something is wrong, now. `question`: perhaps something to look up, to
 * be answered only when a good answer is found. `small-talk`: nothing that the bot should answer.
 */
export type Understanding =
  | { readonly kind: 'problem' }
  | { readonly kind: 'question' }
  | { readonly kind: 'command'; readonly command: Command }
  | { readonly kind: 'small-talk' };

/** What a message is about is said before this many characters. */
const longest = 2_000;
/** Greetings and thanks are short; a longer message has something else to say. */
const shortMessage = 8;

/**
 * Tells what a message is by rules alone, so the same text always means the same. A mention of the bot is stripped
 * before. A message without any sign is taken for a question, so that a problem in unusual words is still looked up.
 */
export function understandMessage(message: string): Understanding {
  const text = message.slice(0, longest).trim();
  const command = readCommand(text);
  if (command) return { kind: 'command', command };
  const words = wordsOf(text);
  if (words.length === 0 || isChat(text, words)) return { kind: 'small-talk' };
  const trouble = isTrouble(text, words);
  if (knowledgeQuestion.test(text) && !troubleNow.test(text)) return { kind: 'question' };
  return { kind: trouble ? 'problem' : 'question' };
}

/** "what is wrong with", "can anyone look at": questions that report what happens now. */
const troubleNow =
  /\b(?:(?:is|are|was|keeps?|just) (?:\w+ ){0,3}(?:down|broken|failing|slow|stuck|full|crashing|dead|wrong|up with)|look at)\b/iu;

function readCommand(text: string): Command | undefined {
  const word = text.toLowerCase().replace(/^\/|[.!?\s]+$/gu, '');
  return commands.find((command) => command === word);
}

function isChat(text: string, words: readonly string[]): boolean {
  if (hasEvidence(text)) return false;
  if (words.some((word) => socialWords.has(word))) return true;
  if (resolved.test(text) && !unresolved.test(text)) return true;
  if (isNews(text, words)) return true;
  const opening = greeting.test(text) || acknowledgement.test(text);
  const rest = restOf(text);
  return opening && words.length <= shortMessage && !isTrouble(rest, wordsOf(rest));
}

/** What somebody did or will do, or a time to meet, as long as nothing in it goes wrong. */
function isNews(text: string, words: readonly string[]): boolean {
  if (isTrouble(text, words) || unresolved.test(text)) return false;
  if (words.some((word) => socialTimes.has(word))) return true;
  return announcement.test(text) && !knowledgeQuestion.test(text);
}

/** After "ok," or "thanks" only what follows can report something. */
const restOf = (text: string): string => text.replace(greeting, '').replace(acknowledgement, '');

/** What no small talk contains. */
const hasEvidence = (text: string): boolean => alertName.test(text) || troubleNumbers.test(text);

function isTrouble(text: string, words: readonly string[]): boolean {
  return hasEvidence(text) || troubleMarks.test(text) || words.some(isTroubleWord);
}

const wordsOf = (text: string): readonly string[] => splitWords(text).map((word) => word.text.toLowerCase());

const isTroubleWord = (word: string): boolean =>
  word.split(/[._/:-]/u).some((part) => troubleWords.has(part));
