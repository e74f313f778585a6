import type { Guild } from 'discord.js';
import type { HeardSoFar } from '#ports/heard-so-far.ts';
import { discordErrorCode } from '../errors.ts';
import type { Hearing } from './hearing.ts';
import { createHistory } from './history.ts';
import { type ReadBack, readBackChannel, readBackThread } from './read-back.ts';
import { createReading } from './reading.ts';
import { activeThreads, directChannels, openChannels } from './where-to-look.ts';

const hour = 3_600_000;
/** An answer to what was asked longer ago than this helps nobody. */
const longestGapMs = 6 * hour;
/** Events come out of order: what came shortly before the last one may be missing as well. */
const marginMs = 10 * 60_000;

export interface CatchUpOptions {
  readonly guild: Guild;
  readonly hearing: Hearing;
  readonly heard: HeardSoFar;
  readonly signal: AbortSignal;
}

/**
 * Reads back what was missed in one guild, bounded, by the same door and under the same ids: what had been heard has no
 * second effect. An edit shows by its time, the deleted question of a thread by its absence, reactions by comparison;
 * other deletions are not told by Discord's history. Throws when not all could be read.
 */
export async function catchUp(options: CatchUpOptions): Promise<void> {
  const { guild, hearing, heard, signal } = options;
  const { patient: rest } = hearing;
  if (heard.lastAt === null) return;
  const back: ReadBack = {
    reading: createReading(guild.client, hearing),
    history: createHistory(rest, signal),
    hearing,
    heard,
    since: sinceWhen(guild, heard.lastAt),
    begunAt: Date.now(),
    guild: guild.id,
  };
  const threads = await activeThreads(guild, rest, back);
  for (const channel of [...openChannels(guild), ...threads])
    await readBackChannel(back, channel).catch(passOver);
  const direct = hearing.directGuild === guild.id ? await directChannels(guild, rest, heard) : [];
  const alone = { ...back, guild: undefined };
  for (const channel of direct) await readBackChannel(alone, channel).catch(passOver);
  for (const place of heard.threads)
    await readBackThread(direct.includes(place.channel) ? alone : back, place).catch(passOver);
}

/** What was said before the bot came was not said to it. */
function sinceWhen({ joinedTimestamp }: Guild, lastAt: number): number {
  return Math.max(lastAt - marginMs, Date.now() - longestGapMs, joinedTimestamp);
}

/** Unknown channel, missing access, missing permissions, not for channels of this kind. */
const beyond: readonly unknown[] = [10_003, 50_001, 50_013, 50_024];

/** A channel that is gone, or that the bot may not read, must not keep the others from being read. */
function passOver(error: unknown): void {
  const code =
    discordErrorCode(error) ?? (error instanceof Error ? discordErrorCode(error.cause) : undefined);
  if (!beyond.includes(code)) throw error;
}
