/** What a platform's server stored: a message, or the new text of one. */
export interface Stored {
  readonly change: 'new' | 'edit';
  /** One in the whole server. */
  readonly id: string;
  /** The id of the message that its thread began with; null outside of threads. */
  readonly thread: string | null;
  readonly text: string;
  readonly byBot: boolean;
  /** In milliseconds, on one clock for all that one server stored. */
  readonly at: number;
}

/** The calls of the bot as the server saw them. */
export interface Calls {
  /** How many were told to come back later. */
  readonly refused: number;
  /** How long the server took for each that it answered, in milliseconds; empty where that is not known. */
  readonly took: readonly number[];
}

/** What the server does with the bot's calls and the events for it. */
export interface ServerRules {
  /** `documented`: what the platform says that it refuses; `every third`: every third call, whatever it asks. */
  readonly refuses: 'nothing' | 'documented' | 'every third';
  /** How often each event reaches the bot. */
  readonly copies: number;
}

/** A chat platform's server, in a process of its own, and what is measured at it. */
export interface ChatServer extends AsyncDisposable {
  /** What the bot is started with. */
  readonly environment: Readonly<Record<string, string>>;
  /** The platform's own id of the workspace. */
  readonly workspace: string;
  readonly channels: readonly string[];
  /** In the server's order; what only one person sees is not in it. */
  readonly stored: readonly Stored[];
  /** From the way out of a delivery to its acknowledgement, in milliseconds, in the order of the acknowledgements. */
  readonly acknowledged: readonly number[];
  /** About the calls of the bot so far. */
  calls(): Promise<Calls>;
  play(rules: ServerRules): Promise<void>;
  /** Somebody says it to the bot; returns the message's id. */
  ask(channel: string, text: string): Promise<string>;
}

/** Where a bench and its team are: 20 channels. */
export const channelCount = 20;
