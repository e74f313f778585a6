import type { ModeInForce } from '#domain/hearing/judge-hearing.ts';
import { defaultMode } from '#domain/hearing/listening.ts';
import type { Place } from '#domain/intent.ts';
import type { Transaction } from '#ports/unit-of-work.ts';
import type { Core } from './core.ts';

/** What counts in a channel in this transaction: what was set there, else what the configuration says of its name. */
export async function readMode(
  { channels }: Pick<Transaction, 'channels'>,
  { listening }: Core['settings'],
  { channel, channelName }: Place,
): Promise<ModeInForce & { readonly isDefault: boolean }> {
  const { mode, quiet } = await channels.settings(channel);
  return { mode: mode ?? defaultMode(listening, channelName), quiet, isDefault: mode === null };
}
