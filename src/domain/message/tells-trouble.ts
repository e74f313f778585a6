import { splitWords } from '../text/split-words.ts';
import { troubleMarks, troubleWords } from './message-words.ts';

/** True when a text, or a name within it, says that something is wrong: `KubeletDown`, "disk is full". */
export function tellsTrouble(text: string): boolean {
  return (
    troubleMarks.test(text) ||
    splitWords(text).some(({ parts }) => parts.some((part) => troubleWords.has(part)))
  );
}
