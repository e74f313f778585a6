import type { ServerRules, Stored } from './chat-server.ts';

/** What the process with the Discord server is asked to do; `number` comes back with the answer. */
export type Order = { readonly number: number } & (
  | { readonly kind: 'play'; readonly rules: ServerRules }
  | { readonly kind: 'ask'; readonly channel: string; readonly text: string }
  | { readonly kind: 'press'; readonly channel: string; readonly message: string; readonly verb: string }
  | { readonly kind: 'tell calls' }
);

/** What it says. */
export type Told =
  | { readonly kind: 'ready'; readonly environment: Readonly<Record<string, string>> }
  | { readonly kind: 'stored'; readonly stored: Stored }
  | { readonly kind: 'done'; readonly number: number; readonly value: unknown }
  | { readonly kind: 'failed'; readonly number: number; readonly why: string };
