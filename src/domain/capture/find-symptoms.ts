import { troubleNumbers } from '../message/message-words.ts';
import { tellsTrouble } from '../message/tells-trouble.ts';
import { cues } from './cues.ts';
import type { ReadMessage } from './mentions.ts';
import { sentencesOf } from './sentences-of.ts';
import type { ThreadMessage } from './thread.ts';

const most = 4;
/** Messages from the start in which people still tell what they see. */
const opening = 5;

/** What was seen, in the words of the alert and of whoever told first. */
export function findSymptoms(
  messages: readonly ThreadMessage[],
  read: readonly ReadMessage[],
  until: number,
): readonly string[] {
  const found = messages.slice(0, Math.min(opening, Math.max(1, until))).flatMap(({ isBot, text }, at) => {
    const sentences = sentencesOf(isBot ? text.replaceAll('`', '') : (read[at]?.prose ?? ''));
    if (at === 0) return isBot ? sentences.slice(0, 2) : sentences.slice(0, 3);
    return isBot ? [] : sentences.filter(isSymptom);
  });
  return [...new Set(found)].slice(0, most);
}

const isSymptom = (sentence: string): boolean =>
  (tellsTrouble(sentence) || troubleNumbers.test(sentence)) &&
  !cues.hedged.test(sentence.replace(/,? (?:anyone|anybody) else\?$/i, '')) &&
  sentence.split(/\s+/).length > 2;
