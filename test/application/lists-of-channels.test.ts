import { beforeAll, beforeEach, expect, it } from 'vitest';
import type { Core } from '#application/core.ts';
import { createOwnBot, type TestBot } from '#test/support/application.ts';
import { describeOnEmbedded, type TestDatabase } from '#test/support/databases.ts';
import { inChannel } from '#test/support/in-channel.ts';
import { someHost } from '#test/support/rows.ts';
import { startRun } from '#test/support/run-story.ts';

/** The runs are in `incidents`; rae asks on her page, and in another channel. */
describeOnEmbedded('lists of what goes on in other channels', (open) => {
  let db: TestDatabase;
  let bot: TestBot;
  let mayRead: Core['mayRead'];
  const asked: string[] = [];
  beforeAll(async () => {
    db = await open();
  });
  beforeEach(async () => {
    asked.length = 0;
    mayRead = async (_, channel, person) => {
      asked.push(`${channel}/${person}`);
      return person === 'max';
    };
    const parts = { mayRead: (...question: Parameters<Core['mayRead']>) => mayRead(...question) };
    bot = await createOwnBot(db, { hosts: [someHost({ name: 'demo-web-01' })] }, parts);
    await startRun(bot, [{ section: 'Check', command: 'uptime' }], 'Gizmo pump stuck', 'ada');
  });
  /** Whether the page, and the list of runs as it is asked for elsewhere, tell of the run. */
  const tell = async (who: string) =>
    [await bot.home(who), await inChannel(db, bot, 'elsewhere').slash(who, 'runs')].map((list) =>
      JSON.stringify(list).includes('Gizmo pump stuck'),
    );

  it('tell of a channel to whom the platform says that they may read along there', async () => {
    expect(await tell('max')).toEqual([true, true]);
    expect(await tell('rae')).toEqual([false, false]);
    expect(new Set(asked)).toEqual(new Set(['incidents/max', 'incidents/rae']));
  });

  it('tell in a channel of the runs there without asking', async () => {
    expect(JSON.stringify(await bot.slash('rae', 'runs'))).toContain('Gizmo pump stuck');
    expect(asked).toEqual([]);
  });

  it('tell nothing of a channel about which the platform fails or says nothing in time', async () => {
    mayRead = () => Promise.reject(new Error('away'));
    expect(await tell('max')).toEqual([false, false]);
    mayRead = () => new Promise(() => undefined);
    expect(await tell('max')).toEqual([false, false]);
  });
});
