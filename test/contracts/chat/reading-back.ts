import { expect } from 'vitest';
import { Fault } from '#domain/fault.ts';
import { cardWith } from './cards.ts';
import type { ChatScene } from './chat-scene.ts';
import type { FeatureTests } from './feature-tests.ts';

/** What people said in a thread, as a case is drafted from it. */
export function readingBack(feature: FeatureTests, scene: ChatScene): void {
  const read = (thread: string) =>
    scene.chat.read({ ...scene.placeOf(thread), thread }, AbortSignal.timeout(20_000));
  feature('reading back', {
    'tells who said what when, oldest first, as it stands now, without what the bot said': async () => {
      const stage = scene.stage();
      const root = await stage.say('rae', 'checkout is slow & <broken>');
      await scene.chat.post(scene.placeOf(root), cardWith('use'), scene.newKey(), false);
      const pasted = 'I ran this:\n```\n$ df -h /var\n/dev/sda1 100% /var\n```';
      const second = await stage.say('ada', pasted, root);
      const third = await stage.say('ben', 'fxied', root);
      await stage.edit('ben', third, 'fixed it by rotating the logs');
      const gone = await stage.say('vic', 'wrong thread', root);
      await stage.remove('vic', gone);
      const { messages, isWhole } = await read(root);
      expect(isWhole).toBe(true);
      expect(messages.map(({ id, author, isBot, text }) => ({ id, author, isBot, text }))).toEqual([
        { id: root, author: stage.idOf('rae'), isBot: false, text: 'checkout is slow & <broken>' },
        { id: second, author: stage.idOf('ada'), isBot: false, text: pasted },
        { id: third, author: stage.idOf('ben'), isBot: false, text: 'fixed it by rotating the logs' },
      ]);
      const times = messages.map(({ at }) => at);
      expect(times).toEqual(times.toSorted((one, other) => one - other));
      for (const at of times) expect(Math.abs(at - Date.now())).toBeLessThan(60_000);
    },
    'of a message that nobody answered is the message': async () => {
      const root = await scene.stage().say('rae', 'is anybody there?');
      const { messages } = await read(root);
      expect(messages.map(({ text }) => text)).toEqual(['is anybody there?']);
    },
    'is refused where there is none': async () => {
      const root = await scene.stage().say('rae', 'soon gone');
      const none = root.replace(/\d(?=\d{4}$)|\d(?=\d*$)/, (digit) => String((Number(digit) + 1) % 10));
      const fault = await read(none).catch((error: unknown) => error);
      expect(fault).toBeInstanceOf(Fault);
      expect(fault).toMatchObject({ kind: 'rejected' });
    },
  });
}
