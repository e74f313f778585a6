import { splitWords } from '#domain/text/split-words.ts';

/** Who says the words of `from` may mean any phrase of `to`. Words are as `splitWords` gives them, not stemmed. */
export interface SynonymRule {
  readonly from: readonly string[];
  readonly to: readonly (readonly string[])[];
  /** What a match by this rule counts of the `synonymShare`; 1 is all of it. */
  readonly share: number;
}

export interface ReadSynonyms {
  readonly rules: readonly SynonymRule[];
  /** What is wrong, an entry a line. */
  readonly problems: readonly string[];
}

/** Either side of a group: its rules, or a sentence that says what is wrong with it. */
type Read = readonly (SynonymRule | string)[];

/** What is only related points at the right page less often than another name for the same thing. */
const relatedShare = 0.5;

const sections: Readonly<Record<string, (entries: unknown) => Read>> = {
  same: (entries) => readGroups('same', entries, 1),
  said: readSaid,
  related: (entries) => readGroups('related', entries, relatedShare),
};

/** Reads a parsed synonym file. Entries that are wrong become problems; the others are rules all the same. */
export function readSynonymRules(content: unknown): ReadSynonyms {
  const read = readContent(content);
  return {
    rules: read.filter((one) => typeof one !== 'string'),
    problems: read.filter((one) => typeof one === 'string'),
  };
}

function readContent(content: unknown): Read {
  // A file that has only comments says nothing, and nothing is wrong with it.
  if (content === null) return [];
  if (!isMapping(content)) return ['It must have the sections same, said and related, or some of them.'];
  return Object.entries(content).flatMap(([name, entries]): Read => {
    if (!Object.hasOwn(sections, name)) return [`${name} is not a section: use same, said or related.`];
    return entries === null ? [] : (sections[name]?.(entries) ?? []);
  });
}

/** Each phrase of a group finds the others. */
function readGroups(section: string, entries: unknown, share: number): Read {
  if (!Array.isArray(entries)) return [`${section} must be a list of groups such as - [oom, out of memory].`];
  return entries.flatMap((group: unknown, index): Read => {
    const place = `${section}, group ${index + 1}`;
    if (!Array.isArray(group) || group.length < 2) {
      return [`${place}: must be a list of two phrases or more, such as [oom, out of memory].`];
    }
    const phrases = group.map((phrase) => wordsOf(place, phrase));
    const wrong = phrases.filter((phrase) => typeof phrase === 'string');
    if (wrong.length > 0) return wrong;
    const right = phrases.filter((phrase) => typeof phrase !== 'string');
    return right.map((from) => ({ from, to: right.filter((phrase) => phrase !== from), share }));
  });
}

/** What is said finds what it is called, not the other way round. */
function readSaid(entries: unknown): Read {
  if (!isMapping(entries)) return ['said must hold entries such as keeps restarting: [crash looping].'];
  return Object.entries(entries).flatMap(([phrase, meanings]): Read => {
    const place = `said, ${phrase}`;
    if (!Array.isArray(meanings) || meanings.length === 0) {
      return [`${place}: must have a list of what it is called, such as [crash looping].`];
    }
    const [from, ...to] = [phrase, ...meanings].map((one: unknown) => wordsOf(place, one));
    const wrong = [from, ...to].filter((one) => typeof one === 'string');
    if (wrong.length > 0 || from === undefined || typeof from === 'string') return wrong;
    return [{ from, to: to.filter((one) => typeof one !== 'string'), share: 1 }];
  });
}

/** The words of a phrase, or what is wrong with it. */
function wordsOf(place: string, phrase: unknown): readonly string[] | string {
  if (typeof phrase !== 'string' && typeof phrase !== 'number') {
    return `${place}: ${JSON.stringify(phrase)} is not a phrase; write words, in quotes if they hold : or #.`;
  }
  const words = splitWords(String(phrase)).flatMap((word) => word.parts);
  return words.length > 0
    ? words
    : `${place}: '${phrase}' has no word of 2 to 64 letters or digits, so nothing could match it.`;
}

const isMapping = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
