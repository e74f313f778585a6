import { setTimeout as sleep } from 'node:timers/promises';
import type { ChatCapabilities } from '#ports/chat.ts';

export const people = ['rae', 'ada', 'ben', 'vic', 'max'] as const;
export type Who = (typeof people)[number];

/** How people judge by a reaction. */
export type Face = '👍' | '👎' | '🤔' | '✅';

/** What the bot said, as somebody sees it. */
export interface Card {
  readonly id: string;
  /** All that is to be read, as it is read: without the signs that only say how it looks. */
  readonly words: string;
  /** The verbs of the buttons that can be pressed. */
  readonly verbs: readonly string[];
  /** The one person who sees it; null for everybody. */
  readonly onlyFor: Who | null;
  /** As people get them; `base64` is of the same bytes that `text` reads. */
  readonly files: readonly { readonly name: string; readonly text: string; readonly base64: string }[];
  /** What is more than text and calls somebody or leads somewhere: mentions, links, images. */
  readonly alive: readonly string[];
}

/** A form that somebody has before them. */
export interface OpenForm {
  readonly title: string;
  /** What each field holds, by its name. */
  readonly fields: Readonly<Record<string, string>>;
  /** Submits what the fields hold, changed by `changes`. Undefined when it was taken, else what is said to be wrong. */
  submit(changes?: Readonly<Record<string, string>>): Promise<string | undefined>;
}

/** One chat platform, with the hands and eyes of the people in it. Everything happens in one channel. */
export interface Stage {
  readonly platform: ChatCapabilities['platform'];
  readonly channel: string;
  idOf(who: Who): string;
  /** What somebody types to speak to the bot. */
  readonly mention: string;
  /** Returns the id of the message. */
  say(who: Who, text: string, thread?: string): Promise<string>;
  edit(who: Who, message: string, text: string): Promise<void>;
  remove(who: Who, message: string): Promise<void>;
  react(who: Who, message: string, face: Face, present: boolean, thread?: string): Promise<void>;
  /** What the bot said in a thread, as this person sees it, the oldest first. */
  thread(root: string, who: Who): Promise<readonly Card[]>;
  /** What the bot said outside of threads, as this person sees it, the oldest first; with the files that hang on it. */
  outside(who: Who): Promise<readonly Card[]>;
  /** `thread` is empty for a card that stands outside of threads. */
  press(who: Who, card: Card, verb: string, thread: string): Promise<void>;
  /** The form that this person was shown last; waits until there is one. */
  form(who: Who): Promise<OpenForm>;
  /** Gives `/recourse …`; returns what was shown to this person alone, or nothing. */
  command(who: Who, text: string): Promise<string>;
  /** Chooses what the menu of a person's message offers. */
  menu(who: Who, item: 'ask' | 'save', message: string): Promise<void>;
  /** What the bot's own page shows to this person. */
  home(who: Who): Promise<string>;
  /** What is suggested for the name of a runbook. */
  suggestions(who: Who, typed: string): Promise<readonly string[]>;
}

const patienceMs = 20_000;

/** Waits until this person sees a card in the thread that `accept` takes; the newest counts. */
export const waitForCard = (
  stage: Stage,
  root: string,
  what: string,
  accept: (card: Card) => boolean,
  who: Who = 'rae',
): Promise<Card> => waitAmong(() => stage.thread(root, who), `${what} for ${who}`, accept);

/** The same of what stands outside of threads. */
export const waitOutside = (stage: Stage, who: Who, accept: (card: Card) => boolean): Promise<Card> =>
  waitAmong(() => stage.outside(who), `a card for ${who}`, accept);

async function waitAmong(
  look: () => Promise<readonly Card[]>,
  what: string,
  accept: (card: Card) => boolean,
): Promise<Card> {
  const deadline = Date.now() + patienceMs;
  for (;;) {
    const all = await look();
    const found = all.findLast(accept);
    if (found) return found;
    if (Date.now() > deadline)
      throw new Error(`Waited for ${what}, who sees:\n${all.map(({ words }) => words).join('\n---\n')}`);
    await sleep(50);
  }
}

/** An answer of several solutions is judged by the same buttons as what was used of it: that one still has Use. */
export const hasButton = ({ verbs }: Pick<Card, 'verbs'>, verb: string): boolean =>
  verbs.includes(verb) && (verb !== 'worked' || !verbs.includes('use'));

export const waitForButton = (stage: Stage, root: string, verb: string, who?: Who): Promise<Card> =>
  waitForCard(stage, root, `a button ${verb}`, (card) => hasButton(card, verb), who);

/** Waits for what one person alone is told in a thread. */
export const waitForNotice = async (stage: Stage, root: string, who: Who, what: RegExp): Promise<string> =>
  (await waitForCard(stage, root, `${what}`, (card) => card.onlyFor === who && what.test(card.words), who))
    .words;
