import { type Client, type GatewayDispatchPayload, GatewayDispatchEvents as Told } from 'discord.js';
import { createHearEvent } from './hear-event.ts';
import { createHearInteraction } from './hear-interaction.ts';
import type { Hearing } from './hearing.ts';
import { createReading } from './reading.ts';

export interface Listening {
  /** Stops hearing; resolves when what is in hand is finished. */
  close(): Promise<void>;
}

/**
 * Hands in what people do, from the events of a client, until it is closed. The events themselves are read, not what
 * discord.js makes of them by its caches: nothing on an older message or in a thread unknown to this connection is lost.
 */
export function listen(client: Client, hearing: Hearing): Listening {
  const reading = createReading(client, hearing);
  const event = createHearEvent(hearing, reading);
  const interaction = createHearInteraction(hearing, reading);
  const inHand = new Set<Promise<void>>();
  const hear = (told: GatewayDispatchPayload): void => {
    const work = told.t === Told.InteractionCreate ? interaction(told.d) : event(told);
    inHand.add(work);
    void work.finally(() => inHand.delete(work));
  };
  client.on('raw', hear);
  return {
    close: async () => {
      client.off('raw', hear);
      await Promise.all(inHand);
    },
  };
}
