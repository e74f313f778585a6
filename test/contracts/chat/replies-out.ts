import { expect } from 'vitest';
import { Fault } from '#domain/fault.ts';
import type { Reply } from '#domain/reply.ts';
import { everyReply } from '#test/fixtures/every-reply.ts';
import { someReply } from '#test/support/rows.ts';
import { waitForButton, waitForCard, waitForNotice } from '#test/support/stage/stage.ts';
import { cardWith, id } from './cards.ts';
import type { ChatScene } from './chat-scene.ts';
import { verbsOf, wordsToRead } from './expected-words.ts';
import type { FeatureTests } from './feature-tests.ts';

const lively =
  '@everyone @here <!channel> <@U02ADA> <@700000000000000012> <@&700000000000000302> <#700000000000000402> ' +
  '[your bank](https://evil.example/x) https://evil.example/y <https://evil.example/z|bank> :tada: <:a:1> ![i](https://evil.example/i.png)';

/** What would end a block of code is written out where a chat knows no other way: the diff of a runbook holds fences. */
const greenDot =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGNgWBUKAAGtAQC//awqAAAAAElFTkSuQmCC';
const writtenBackticks = '\\u{0060}'.repeat(3);

/** The fixtures know one id; in life every solution has its own, and no button is there twice. */
const withOwnIds = (reply: Reply): Reply => ({
  ...reply,
  blocks: reply.blocks.map((block, n) =>
    block.kind === 'buttons'
      ? {
          ...block,
          buttons: block.buttons.map((button) => ({
            ...button,
            action: { ...button.action, id: `${id}-${n}` },
          })),
        }
      : block,
  ),
});

/** What the core says, and what people see of it. */
export function repliesOut(feature: FeatureTests, scene: ChatScene): void {
  feature(
    'whole replies',
    Object.fromEntries(
      Object.entries(everyReply).map(([name, reply]) => [
        name,
        async () => {
          const { card: shown } = await scene.posted(withOwnIds(reply));
          const read = shown.words.replaceAll(writtenBackticks, '```');
          for (const words of wordsToRead(reply)) expect(read).toContain(words);
          expect(shown.verbs).toEqual(verbsOf(reply));
        },
      ]),
    ),
  );
  feature('long output', {
    'is a file beside what is said': async () => {
      const long = 'a line of output\n'.repeat(3000);
      const { thread } = await scene.posted({
        summary: 'Output',
        tone: 'plain',
        blocks: [
          { kind: 'text', line: ['All of it:'] },
          { kind: 'file', name: 'output.txt', text: long },
        ],
      });
      const shown = await waitForCard(scene.stage(), thread, 'the file', ({ files }) => files.length > 0);
      expect(shown.files.map(({ name }) => name)).toEqual(['output.txt']);
      expect(shown.files[0]?.text === long).toBe(true);
    },
  });
  feature('pictures', {
    'are files of the same bytes, with their words beside': async () => {
      const { thread } = await scene.posted({
        summary: 'A picture',
        tone: 'plain',
        blocks: [{ kind: 'picture', name: 'dot.png', alt: 'One green dot.', png: greenDot }],
      });
      const shown = await waitForCard(scene.stage(), thread, 'the picture', ({ files }) => files.length > 0);
      expect(shown.files.map(({ name, base64 }) => ({ name, base64 }))).toEqual([
        { name: 'dot.png', base64: greenDot },
      ]);
      await waitForCard(scene.stage(), thread, 'the words', ({ words }) => words.includes('One green dot.'));
    },
    'are told in words where no file can be': async () => {
      const { thread, message } = await scene.posted(someReply('before'));
      const blocks = [{ kind: 'picture', name: 'dot.png', alt: 'One green dot.', png: greenDot }] as const;
      await scene.chat.edit(scene.placeOf(thread), message, { ...someReply('after'), blocks });
      await waitForCard(scene.stage(), thread, 'the words', ({ words }) => words.includes('One green dot.'));
    },
  });
  feature('edits in place', {
    'replace a message and its buttons': async () => {
      const { thread, message } = await scene.posted(cardWith('use'));
      await scene.chat.edit(scene.placeOf(thread), message, someReply('decided'));
      const edited = await waitForCard(scene.stage(), thread, 'the edit', ({ words }) =>
        words.includes('decided'),
      );
      expect(edited).toMatchObject({ id: message, verbs: [] });
      expect(await scene.stage().thread(thread, 'rae')).toHaveLength(1);
    },
    'are no fault where the message is gone': async () => {
      const { thread, message } = await scene.posted(cardWith('use'));
      const gone = message.replace(/\d(?=\d{4}$)|\d(?=\d*$)/, (digit) => String((Number(digit) + 1) % 10));
      await scene.chat.edit(scene.placeOf(thread), gone, someReply('too late'));
      expect((await waitForButton(scene.stage(), thread, 'use')).words).not.toContain('too late');
    },
  });
  feature('private notices', {
    'are seen by one person alone': async () => {
      const { thread } = await scene.posted(cardWith('use'));
      await scene.chat.notify(scene.placeOf(thread), scene.stage().idOf('ada'), someReply('between us'));
      await waitForNotice(scene.stage(), thread, 'ada', /between us/);
      expect((await scene.stage().thread(thread, 'rae')).map(({ words }) => words).join()).not.toContain(
        'between us',
      );
    },
  });
  feature('nothing alive', {
    'in no kind of block, new or edited': async () => {
      const line = [lively, { kind: 'bold', text: lively }, { kind: 'code', text: lively }] as const;
      const hostile: Reply = {
        summary: lively,
        tone: 'bad',
        blocks: [
          { kind: 'heading', text: lively.slice(0, 60) },
          { kind: 'text', line },
          { kind: 'note', line: [lively] },
          { kind: 'list', items: [[lively]] },
          { kind: 'fields', fields: [{ name: '<@U02ADA> @everyone', value: [lively] }] },
          { kind: 'code', role: 'output', text: `\`\`\` ${lively}` },
        ],
      };
      const { thread, message, card: shown } = await scene.posted(hostile);
      expect(shown.alive).toEqual([]);
      await scene.chat.edit(scene.placeOf(thread), message, { ...hostile, summary: 'edited' });
      const [edited] = await scene.stage().thread(thread, 'rae');
      expect(edited?.alive).toEqual([]);
    },
  });
  feature('one message a key', {
    'also when nobody knows whether the first try arrived': async () => {
      const thread = await scene.stage().say('rae', 'once');
      const key = scene.newKey();
      const first = await scene.chat.post(scene.placeOf(thread), cardWith('use'), key, false);
      scene.peer().recall?.(key, first);
      expect(await scene.chat.post(scene.placeOf(thread), cardWith('use'), key, true)).toBe(first);
      expect(await scene.stage().thread(thread, 'rae')).toHaveLength(1);
    },
  });
  feature('rate limits', {
    'are told with how long to wait, and nothing was posted': async () => {
      const { thread } = await scene.posted(cardWith('use'));
      scene.peer().refusePosts?.(1);
      const refused = scene
        .peer()
        .chat()
        .post(scene.placeOf(thread), someReply('later'), scene.newKey(), false);
      const fault = await refused.catch((error: unknown) => error);
      expect(fault).toBeInstanceOf(Fault);
      expect(fault).toMatchObject({ kind: 'unavailable', undone: true });
      expect((fault as Fault).retryAfterMs).toBeGreaterThan(0);
      expect(await scene.stage().thread(thread, 'rae')).toHaveLength(1);
    },
  });
}
