import { expect, it } from 'vitest';
import {
  buttonsOf,
  createTestBot,
  createTestCore,
  knownSecret,
  runbookSource,
} from '#test/support/application.ts';
import { describeOnEmbedded } from '#test/support/databases.ts';
import { someHost } from '#test/support/rows.ts';
import { textOf } from '#test/support/run-story.ts';

describeOnEmbedded('two causes of one symptom', (open) => {
  it('are both shown, with the first command of each that only reads and holds no secret', async () => {
    const db = await open();
    const { search } = await createTestCore(db);
    const bot = await createTestBot(db, undefined, {
      // Equally good and each below the threshold, whatever the search is sure of.
      search: {
        find: async (query) => (await search.find(query)).map((one) => ({ ...one, similarity: 0.45 })),
      },
    });
    await bot.within(({ hosts }) => hosts.sync([someHost()]));
    const check = (command: string) => ({ section: 'Check', command });
    await bot.load(
      {
        slug: 'pool',
        text: runbookSource('Checkout slow, pool exhausted', [
          check('systemctl restart checkout'),
          check(`curl -s http://checkout/${knownSecret}`),
          { ...check('ss -tn state established'), attributes: { expect: 'ESTAB' } },
        ]),
      },
      { slug: 'cache', text: runbookSource('Checkout slow, cache cold', [check('uptime')]) },
    );
    const thread = await bot.say('rae', 'checkout is slow');
    const [card, ...more] = await bot.replies(thread);
    expect(more).toEqual([]);
    expect(card?.summary).toMatch(/^Two causes are possible: /);
    const text = textOf(card);
    for (const part of ['ss -tn state established', 'ESTAB', 'uptime']) expect(text).toContain(part);
    for (const part of ['systemctl', knownSecret]) expect(text).not.toContain(part);
    expect(buttonsOf(card).filter(({ action }) => action.verb === 'use')).toHaveLength(2);
  });
});
