import type { Action } from './action.ts';

/** A piece of a line. Plain strings are data: every renderer escapes them, so no mention or link comes alive. */
export type Span =
  | string
  | { readonly kind: 'bold'; readonly text: string }
  | { readonly kind: 'code'; readonly text: string }
  | { readonly kind: 'person'; readonly externalId: string; readonly name: string }
  /** Only for addresses that a reviewed runbook or the operator's configuration gave; never from an alert or a chat. */
  | { readonly kind: 'link'; readonly label: string; readonly url: string }
  /** A place in the same chat; each renderer makes its own address of it. `thread` null is the channel itself. */
  | {
      readonly kind: 'place';
      readonly label: string;
      readonly channel: string;
      readonly thread: string | null;
    };

export type Line = readonly Span[];

/** How a card looks to somebody who scans the thread: nothing, waiting for a person, going on, good, bad. */
export type Tone = 'plain' | 'waiting' | 'active' | 'good' | 'bad';

export interface Button {
  readonly action: Action;
  readonly label: string;
  readonly style: 'primary' | 'danger' | 'plain';
}

/** A command that will run, what it is given, what a version would change, the output of a command, or how two outputs differ. */
export type CodeRole = 'command' | 'given' | 'proposed' | 'output' | 'difference';

/** Whether somebody approves what stands there, so that every character must show and none may be cut. */
export const isApproved = (role: CodeRole): boolean =>
  role === 'command' || role === 'given' || role === 'proposed';

export type Block =
  | { readonly kind: 'heading'; readonly text: string }
  | { readonly kind: 'text'; readonly line: Line }
  | { readonly kind: 'note'; readonly line: Line }
  | { readonly kind: 'list'; readonly items: readonly Line[] }
  | { readonly kind: 'fields'; readonly fields: readonly { readonly name: string; readonly value: Line }[] }
  | { readonly kind: 'code'; readonly role: CodeRole; readonly text: string }
  /**
   * A text too long for a card, to be given as a file. A reply that has one is posted once and never revised, so that
   * no platform has to take the same file again.
   */
  | { readonly kind: 'file'; readonly name: string; readonly text: string }
  /** A PNG, in Base64, given as a file too. `alt` says what it shows, to whoever cannot see it and where no file can be. */
  | { readonly kind: 'picture'; readonly name: string; readonly alt: string; readonly png: string }
  | { readonly kind: 'buttons'; readonly buttons: readonly Button[] }
  | { readonly kind: 'divider' };

/** What a platform has beside a message, each as a file of its own. */
export type PostFile = Extract<Block, { readonly kind: 'file' | 'picture' }>;

/**
 * What the bot says, as a platform-neutral value; each chat adapter's `render.ts` draws it.
 * `summary` is the one-line form for notifications, screen readers and platforms that cut the rest.
 */
export interface Reply {
  readonly summary: string;
  readonly tone: Tone;
  /** People whom the platform is to notify of this message, by their ids; only such as the operator's configuration names. */
  readonly calls?: readonly string[] | undefined;
  readonly blocks: readonly Block[];
}

export type FormField = {
  readonly name: string;
  readonly label: string;
  readonly hint: string;
  readonly initial: string;
  readonly required: boolean;
} & (
  | { readonly kind: 'text'; readonly lines: 'one' | 'many' }
  | { readonly kind: 'choice'; readonly options: readonly string[] }
);

/** A question to one person; `action` comes back with the values when they submit it. */
export interface Form {
  readonly action: Action;
  readonly title: string;
  readonly intro: string;
  readonly fields: readonly FormField[];
  readonly submitLabel: string;
}

export type FormValues = Readonly<Record<string, string>>;
