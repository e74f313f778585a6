import { cues } from '../capture/cues.ts';
import { plainText } from '../capture/plain-text.ts';
import { sentencesOf } from '../capture/sentences-of.ts';
import { tellsRecovery } from '../hearing/tells-recovery.ts';

/** What one message says of how it goes: it is over, it is not (or back), or neither. */
export type Turn = 'over' | 'back' | 'neither';

/** Characters of a message that are read. */
const longest = 4_000;

/**
 * Whether a message says by its own words that a problem is over or back; of both, what it says last. It only starts and
 * stops the waiting: whether a thread is resolved is judged by all of it, later.
 */
export function turnOfMessage(text: string, isBot: boolean): Turn {
  if (isBot) return tellsRecovery(text) ? 'over' : 'neither';
  const turns = sentencesOf(withoutCode(plainText('plain', text.slice(0, longest)))).map(turnOfSentence);
  return turns.findLast((turn) => turn !== 'neither') ?? 'neither';
}

function turnOfSentence(sentence: string): Turn {
  if (cues.question.test(sentence)) return 'neither';
  if (tellsBack(sentence)) return 'back';
  if (cues.denied.test(sentence)) return 'neither';
  return cues.well.test(sentence) || saysOver.test(sentence) ? 'over' : 'neither';
}

/** "It is back" may be said of the service as well as of the problem: only with a sigh or a no it is the problem. */
const tellsBack = (sentence: string): boolean =>
  cues.relapsing.test(sentence) ||
  (cues.back.test(sentence) && (cues.sighing.test(sentence) || refusing.test(sentence)));

const refusing = /^\W*(?:no+|nope|nah|sorry|wait|hm+)\b/i;
/** The whole of a short message. */
const saysOver =
  /^\W*(?:(?:ok|so|and|now|all|it'?s|its|it is|this is|that'?s) )*(?:fixed|resolved|solved|sorted|done and dusted|mitigated)\b/i;

const withoutCode = (text: string): string =>
  text.replace(/```[\s\S]*?(?:```|$)/g, '\n').replace(/`[^`\n]*`/g, ' ');
