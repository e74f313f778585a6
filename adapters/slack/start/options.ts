/** One app in one team. The mode decides how Slack reaches the bot. */
export type SlackSettings = {
  readonly botToken: string;
  /** Null means Slack's own. */
  readonly apiUrl: string | null;
} & (
  | { readonly mode: 'socket'; readonly appToken: string }
  | { readonly mode: 'http'; readonly signingSecret: string }
);

/** One app that teams install by themselves; each gives a token of its own. */
export interface SharedAppSettings {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly signingSecret: string;
  /** Where browsers reach the public listener; no slash at its end. */
  readonly publicUrl: string;
  /** Null means Slack's own. */
  readonly apiUrl: string | null;
}

export interface Team {
  readonly id: string;
  readonly name: string;
}

/** Which teams have the app, over all replicas, and the tokens that they gave. */
export interface Installations {
  /** Every team that has the app now, and when it got it; another time means another token. */
  all(): Promise<readonly { readonly team: Team; readonly at: number }[]>;
  /** Whether the operator lets this team in. */
  admits(team: string): boolean;
  /** Undefined for a team that has not, or no longer, installed the app. */
  token(team: string): Promise<string | undefined>;
  /** Keeps a token, instead of an older one of this team. `by` is the person who installed. */
  add(team: Team, token: string, by: string): Promise<void>;
  /** Forgets the token and nothing else; once, however often it is called. */
  remove(team: string, why: string): Promise<void>;
  /** True for the first who comes with this word within the time, on whatever replica. */
  claim(word: string, forMs: number): Promise<boolean>;
}
