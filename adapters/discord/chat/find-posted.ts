import { createHash } from 'node:crypto';
import { type APIEmbed, type APIMessage, type REST, Routes } from 'discord.js';
import { timeOfId } from '#domain/ids.ts';
import { limits } from '../limits.ts';
import type { RenderedReply } from '../render/render-reply.ts';

/** Between Discord's clock and ours. */
const clockErrorMs = 60_000;
/** Discord's ids count milliseconds from the first second of 2015 on. */
const epochMs = 1_420_070_400_000n;

/** By this Discord knows a message that is posted twice within minutes, and makes one of it. */
export function nonceOf(key: string): string {
  return createHash('sha256').update(key).digest('base64url').slice(0, limits.nonce);
}

/** A post that may stand; `isFree` is false for a message that is known to be another one which says the same. */
export interface Doubt {
  readonly key: string;
  readonly isFree: (id: string) => boolean;
}

/**
 * The bot's own message that says the same, among those since the key was made: Discord gives no nonce back, and keeps no
 * data of ours with a message. Throws what the SDK throws.
 */
export async function findPosted(
  rest: REST,
  { channel, botId }: { readonly channel: string; readonly botId: string },
  rendered: RenderedReply,
  { key, isFree }: Doubt,
): Promise<string | undefined> {
  const wanted = looksOf(rendered);
  const isIt = (message: APIMessage): boolean =>
    message.author.id === botId && isFree(message.id) && looksOf(message) === wanted;
  let after = firstIdOf(key);
  for (let read = 0; read < limits.lookBack; read += limits.readPage) {
    const query = new URLSearchParams({ after, limit: String(limits.readPage) });
    const page = (await rest.get(Routes.channelMessages(channel), { query })) as readonly APIMessage[];
    const found = page.find(isIt);
    if (found !== undefined || page.length < limits.readPage) return found?.id;
    after = page
      .map(({ id }) => BigInt(id))
      .reduce((last, id) => (id > last ? id : last), 0n)
      .toString();
  }
  return undefined;
}

/** What a message shows, without what Discord adds to it or takes away. */
function looksOf({
  content,
  embeds,
  components = [],
}: Pick<APIMessage, 'content' | 'embeds' | 'components'>): string {
  const buttons = [...JSON.stringify(components).matchAll(/"custom_id":("(?:[^"\\]|\\.)*")/g)];
  return JSON.stringify([content.trim(), embeds.map(textsOf), buttons.map(([, id]) => id)]);
}

const textsOf = ({ author, title, description }: APIEmbed): readonly string[] =>
  [author?.name, title, description].map((text) => (text ?? '').trim());

/** What has a key that does not tell when it was made is looked for in the last hour. */
function firstIdOf(key: string): string {
  const madeAt = timeOfId(key) ?? Date.now() - 3_600_000;
  const since = BigInt(madeAt - clockErrorMs) - epochMs;
  return (since > 0n ? since << 22n : 0n).toString();
}
