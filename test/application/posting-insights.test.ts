import { beforeAll, beforeEach, expect, it } from 'vitest';
import type { Block, Reply } from '#domain/reply.ts';
import {
  actionOf,
  createOwnBot,
  createTestBot,
  runbookSource,
  type TestBot,
} from '#test/support/application.ts';
import { describeOnBothEngines, type TestDatabase } from '#test/support/databases.ts';
import { textOf } from '#test/support/run-story.ts';
import { someRate } from '#test/support/solutions.ts';

const look = [{ section: 'Check', command: 'df -h' }];

describeOnBothEngines('insights that are posted', (open) => {
  let db: TestDatabase;
  let bot: TestBot;
  beforeAll(async () => {
    db = await open();
  });
  beforeEach(async () => {
    bot = await createOwnBot(db, {
      runbooks: [
        { slug: 'disk-full', text: runbookSource('Disk full on a web host', look) },
        { slug: 'dns', text: runbookSource('Names are not resolved', look) },
      ],
    });
    await bot.within(async ({ solutions, signals }) => {
      const rate = someRate({ worked: 4, tried: 5, success: 0.9 });
      await signals.saveFold(new Map((await solutions.all()).map(({ id }) => [id, rate])), 10);
    });
  });

  const posted = async (): Promise<readonly Reply[]> =>
    (await db.conversationLog.channel(bot.workspace, 'incidents', 100)).flatMap(
      ({ message: { body, onlyFor } }) => (body.kind === 'reply' && onlyFor === null ? [body.reply] : []),
    );
  const pictureIn = (reply: Reply | undefined) =>
    reply?.blocks.find((block): block is Extract<Block, { kind: 'picture' }> => block.kind === 'picture');
  const button = async (who: 'vic' | 'max', text = 'insights 7d') => {
    const shown = await bot.slash(who, text);
    if (shown.kind !== 'shown') throw new Error(JSON.stringify(shown));
    return actionOf(shown.reply, 'insights');
  };

  it('come with a chart of the same days, and with what it shows in words', async () => {
    const action = await button('vic');
    expect(action.id).toBe('7');
    expect(await bot.press('vic', null, action)).toEqual({ kind: 'accepted' });
    const [reply, ...others] = await posted();
    expect(others).toEqual([]);
    expect(reply?.summary).toBe('Insights of the last 7 days');
    const png = Buffer.from(pictureIn(reply)?.png ?? '', 'base64');
    expect([png.subarray(1, 4).toString(), png.readUInt32BE(16)]).toEqual(['PNG', 960]);
    expect(pictureIn(reply)?.alt).toMatch(/nobody voted\. What works: .*Disk full on a web host \(4 of 5\)/);
  });

  it('show what everybody there may see, whoever asked', async () => {
    const rules = [{ name: 'hidden', scope: { runbooks: ['disk-*'] }, terms: { see: 'admin' } }] as const;
    const settings = { ...bot.core.settings, policy: { ...bot.core.settings.policy, rules } };
    bot = await createTestBot(db, undefined, { in: bot.workspace, settings });
    expect(textOf((await bot.slash('max', 'insights')) as never)).toContain('Disk full');
    await bot.press('max', null, await button('max'));
    const [reply] = await posted();
    expect(JSON.stringify(reply)).not.toMatch(/Disk full|Reviews/);
    expect(pictureIn(reply)?.alt).toContain('Names are not resolved');
  });

  it('are the same in words where no chart can be drawn', async () => {
    const drawPicture = () => Promise.reject(new Error('no library for this machine'));
    bot = await createTestBot(db, undefined, { in: bot.workspace, drawPicture });
    await bot.press('vic', null, await button('vic'));
    const [reply] = await posted();
    expect(pictureIn(reply)).toBeUndefined();
    expect(textOf(reply as Reply)).toContain('Disk full');
  });

  it('have no title that became known as a secret', async () => {
    const drawn: string[] = [];
    const drawPicture = async (svg: string) => {
      drawn.push(svg);
      return '';
    };
    const redact = (text: string) => text.replaceAll('web host', '***');
    bot = await createTestBot(db, undefined, { in: bot.workspace, drawPicture, redact: redact as never });
    await bot.press('vic', null, await button('vic'));
    expect(drawn.join()).toContain('Disk full on a ***');
    expect(drawn.join()).not.toContain('web host');
  });

  it('are posted for nobody who may not list, and of no other days than a person could ask for', async () => {
    bot.seeAs('gus', { standing: 'guest' });
    await bot.press('gus' as never, null, { verb: 'insights', id: '7' });
    expect(await bot.toldIn('incidents', 'gus')).toEqual(['Insights are for members of this workspace.']);
    await bot.press('vic', null, { verb: 'insights', id: '366' });
    expect(await bot.toldIn('incidents', 'vic')).toEqual([expect.stringMatching(/^Say how far back/)]);
    expect(await posted()).toEqual([]);
  });
});
