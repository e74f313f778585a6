import { setTimeout as sleep } from 'node:timers/promises';
import { createResponder } from '#test/support/responder.ts';

const everyMs = 250;

export interface Presses {
  /** Ends the pressing; how long each press took to be acknowledged, in milliseconds. */
  stop(): Promise<readonly number[]>;
}

/**
 * Somebody in another channel who presses buttons of an answer, one after another: for what is shown at once, for a form,
 * and for a vote that is kept before it is acknowledged.
 */
export async function pressMeanwhile(playgroundUrl: string): Promise<Presses> {
  const { ask, press, client, channel } = await createResponder(playgroundUrl, 60_000);
  const { thread, answer } = await ask('@recourse disk is filling up on web-01, nginx returns 500');
  const took: number[] = [];
  let stopped = false;
  const vote = (action: string) =>
    client.post('actions', {
      person: 'rae',
      channel,
      thread,
      message: answer.id,
      action,
      delivery: crypto.randomUUID(),
    });
  const use = answer.reply.blocks
    .flatMap((block) => (block.kind === 'buttons' ? block.buttons : []))
    .find(({ action }) => action.verb === 'use');
  const presses = [
    () => press('rae', thread, answer, 'more'),
    () => press('rae', thread, answer, 'use'),
    () => vote(`worked:${use?.action.id}`),
    () => vote(`partly:${use?.action.id}`),
  ];
  const pressing = (async () => {
    for (let n = 0; !stopped; n += 1) {
      const begun = performance.now();
      const done = await presses[n % presses.length]?.();
      if ((done?.status ?? 0) >= 300) throw new Error(`A press is answered ${done?.status}`);
      took.push(performance.now() - begun);
      await sleep(everyMs);
    }
  })();
  return {
    stop: async () => {
      stopped = true;
      await pressing;
      return took;
    },
  };
}
