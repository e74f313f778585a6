import { setTimeout as sleep } from 'node:timers/promises';
import type { InteractionType } from 'discord.js';
import { guild } from './guild.ts';
import { callbackType } from './plays/interactions.ts';
import type { Callback, Json, World } from './world.ts';

/** Longer than Discord waits, so that a late answer is seen as late and not as missing. */
const patienceMs = 10_000;

export interface Where {
  readonly channel: string;
  /** The test guild unless said. */
  readonly guild?: string | undefined;
}

/** A modal that one person sees. */
export interface Modal {
  readonly person: string;
  readonly where: Where;
  /** The message whose button opened it. */
  readonly message: string | undefined;
  readonly data: Json;
}

/** What came of an interaction: the bot's first answer to it. */
export interface Answered {
  readonly interaction: string;
  readonly callback: Callback;
  readonly modal: Modal | undefined;
}

export interface Interacting {
  readonly type: InteractionType;
  readonly person: string;
  readonly where: Where;
  readonly data: Json;
  readonly message?: string | undefined;
}

/** Sends an interaction and waits for the bot's first answer; without one it throws, as Discord shows a failure. */
export async function interact(world: World, asked: Interacting): Promise<Answered> {
  const interaction = await send(world, asked);
  const callback = await answerTo(world, interaction);
  if (!callback) throw new Error(`The interaction failed: no answer to ${JSON.stringify(asked.data)}`);
  const { person, where, message } = asked;
  const modal =
    callback.type === callbackType.modal ? { person, where, message, data: callback.data } : undefined;
  return { interaction, callback, modal };
}

/** Sends an interaction and looks no further; returns its id. */
export async function send(
  world: World,
  { type, person, where, data, message }: Interacting,
): Promise<string> {
  const { id } = await world.twin.simulateInteraction({
    type,
    channelId: where.channel,
    userId: person,
    guildId: where.guild ?? guild.id,
    data: { ...data },
    ...(message === undefined ? {} : { messageId: message }),
  });
  return id;
}

async function answerTo({ callbacks }: World, interaction: string): Promise<Callback | undefined> {
  const deadline = Date.now() + patienceMs;
  while (Date.now() < deadline) {
    const found = callbacks.find((one) => one.interaction === interaction);
    if (found) return found;
    await sleep(10);
  }
  return undefined;
}
