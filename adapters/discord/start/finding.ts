import { discordFault } from '../errors.ts';

export interface DiscordFinding {
  readonly name: string;
  readonly status: 'ok' | 'warning' | 'failed';
  readonly message: string;
  readonly advice: string | null;
}

export const ok = (name: string, message: string): DiscordFinding => ({
  name,
  status: 'ok',
  message,
  advice: null,
});

export const warning = (name: string, message: string, advice: string): DiscordFinding => ({
  name,
  status: 'warning',
  message,
  advice,
});

/** What a check threw, instead of what it would have found. */
export function failed(name: string, error: unknown): DiscordFinding {
  const { message, advice } = discordFault(error);
  return { name, status: 'failed', message, advice };
}
