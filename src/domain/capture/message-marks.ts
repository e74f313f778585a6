import { tellsTrouble } from '../message/tells-trouble.ts';
import { cues } from './cues.ts';
import type { ReadMessage } from './mentions.ts';
import { shapesOf } from './sentence-shape.ts';
import { sentencesOf } from './sentences-of.ts';
import type { ThreadMessage } from './thread.ts';

/** What a message has that may weigh, each with how much of it. */
export type Marks = ReadonlyMap<string, number>;

/** What is known of a message besides its words. */
export interface Deeds {
  /** Commands that it tells as run. */
  readonly ran: number;
  /** Those of them that change something. */
  readonly changed: number;
  /** It proposed a change that somebody made later. */
  readonly proposed: boolean;
}

/** Words of a sentence that are read. */
const mostWords = 60;

const alertOver = /resolved|recover|cleared|\bok\b|\bup\b|✅|🟢|green|passed|succeeded/i;
const alertFires = /firing|trigger|down\b|critical|problem|alert|failed|🔴|🔥|red_circle|warn/i;
const headOfAlert = 90;

/** A number stands for any number: `180ms` and `40 %` with their unit, all others without. */
const wordsOf = (sentence: string): readonly string[] =>
  (
    sentence
      .toLowerCase()
      .replaceAll('’', "'")
      .replace(/https?:\/\/\S+/g, ' URL ')
      .replace(/[@#]\w+/g, ' WHO ')
      .replace(/\b\d[\d.,:]*\s?(?:ms|s|sec|min|m|h|g|gb|mb|kb|k|tb|%|percent|x)\b|\b\d[\d.,]*%/g, ' NUMU ')
      .replace(/\b\d[\d.,:]*\b/g, ' NUM ')
      .replace(/->|→|=>/g, ' ARROW ')
      .match(/[a-z]+(?:'[a-z]+)?|[?!]|\p{Extended_Pictographic}|URL|WHO|NUMU|NUM|ARROW/giu) ?? []
  ).slice(0, mostWords);

/** "Failing", "fails" and "failed" weigh alike. */
const stemOf = (word: string): string => word.replace(/(?<=.{3})(?:ing|ed|es|s)$/, '');

/** The words and cues of one sentence. */
export function marksOfSentence(sentence: string): Marks {
  const marks = new Map<string, number>();
  for (const word of wordsOf(sentence)) marks.set(`word ${stemOf(word)}`, 1);
  for (const [name, cue] of Object.entries(cues)) if (cue.test(sentence)) marks.set(name, 1);
  if (tellsTrouble(sentence)) marks.set('trouble', 1);
  for (const shape of shapesOf(sentence)) marks.set(`shape ${shape}`, 1);
  return marks;
}

/** What a message has by itself, whatever stands around it. */
export function marksOfMessage(
  { isBot, text }: ThreadMessage,
  { prose, texts }: ReadMessage,
  { ran, changed, proposed }: Deeds,
): Marks {
  if (isBot) return marksOfBot(text);
  const sentences = sentencesOf(prose);
  const marks = new Map(sentences.flatMap((one) => [...marksOfSentence(one)]));
  const length = sentences.reduce((sum, one) => sum + one.split(/\s+/).length, 0);
  if (ran > 0) marks.set('ran', 1);
  if (changed > 0) marks.set('changed', 1);
  if (proposed) marks.set('proposed', 1);
  if (texts.length > 0) marks.set('pasted', 1);
  if (length < 4) marks.set('short', 1);
  return marks.set('length', Math.min(length, mostWords) / 30);
}

function marksOfBot(text: string): Marks {
  const head = text.slice(0, headOfAlert);
  if (alertOver.test(head)) return new Map([['alert over', 1]]);
  return new Map([[alertFires.test(head) ? 'alert fires' : 'bot', 1]]);
}
