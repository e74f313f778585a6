import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Reply } from '#domain/reply.ts';
import { buttonsOf, createTestBot, type TestBot } from '#test/support/application.ts';
import { describeOnEmbedded, type TestDatabase } from '#test/support/databases.ts';
import { type GroupSteps, startGroupRun } from '#test/support/group-story.ts';
import { openHostGroup } from '#test/support/host-group.ts';
import { describeWithPeer } from '#test/support/peers.ts';
import { endNap, uniqueNap } from '#test/support/remote-host.ts';
import { textOf } from '#test/support/run-story.ts';

describeWithPeer('sshd', 'a group of which one host may still be at work', () => {
  describeOnEmbedded('on real hosts', (open) => {
    let group: Awaited<ReturnType<typeof openHostGroup>>;
    let db: TestDatabase;
    let bot: TestBot;
    beforeAll(async () => {
      [db, group] = await Promise.all([open(), openHostGroup(3)]);
      const { id } = await db.workspaces.ensure('playground', db.ids.nonce(), 'Own');
      bot = await createTestBot(db, undefined, { in: id });
      await bot.within(({ hosts }) => hosts.sync(group.entries));
      db.jobs.length = 0;
    });
    afterAll(() => group?.close());

    const start = (title: string, steps: GroupSteps) => startGroupRun({ db, bot }, { title, steps });
    const verbs = (reply: Reply | undefined) => buttonsOf(reply).map(({ action }) => action.verb);
    /** A change that is ended by a signal on web-2, and leaves somebody there. */
    const leaveOne = async (title: string, nap: string) => {
      const lost = `{ sleep ${nap} >/dev/null 2>&1 & kill -s KILL $$; }`;
      const run = await start(title, [
        {
          section: 'Fix',
          command: `test {{host}} != web-2 || ${lost}`,
          attributes: { parallel: 3, max_failures: 3 },
        },
        { section: 'Rollback', command: 'echo back' },
      ]);
      for (const who of ['ada', 'ben']) await run.press(who, 'approve');
      await run.work();
      expect(textOf(await run.card())).toContain('2 of 3 hosts succeeded.');
      return run;
    };
    const change = async (title: string, file: string) => {
      const run = await start(title, [
        { section: 'Fix', command: `echo next >> "$HOME/${file}"`, attributes: { parallel: 3 } },
      ]);
      expect(textOf(await run.card())).toContain('may still be at work on web-2');
      await run.press('ada', 'approve');
      await run.work();
      return run;
    };

    it('keeps the next change off that host alone, and Roll back closed, until nothing of it is left', async () => {
      const nap = uniqueNap();
      const lost = await leaveOne('Sierra worker stuck', nap);
      expect(textOf(await lost.card())).toContain('may still be at work on web-2');
      expect(verbs(await lost.card())).toContain('let-go');
      expect(verbs(await lost.card())).not.toContain('rollback');
      const next = await change('Tango worker stuck', 'after-it');
      expect(group.lines('after-it')).toEqual([['next'], [], ['next']]);
      endNap(nap);
      const parts = await bot.within(async ({ runs, hosts }) => {
        const host = await hosts.named('web-2');
        return host ? runs.lingering([host.id]) : [];
      });
      expect(parts).toHaveLength(1);
      db.jobs.push(
        ...parts.map(({ id }) => ({ kind: 'inquire-step', workspace: bot.workspace, stepId: id }) as const),
      );
      await next.work();
      expect(group.lines('after-it')).toEqual([['next'], ['next'], ['next']]);
      expect(textOf(await next.card())).toContain('3 of 3 hosts succeeded.');
      expect(verbs(await lost.card())).toContain('rollback');
    });

    it('lets an approver go on there from the card of either', async () => {
      const nap = uniqueNap();
      const lost = await leaveOne('Uniform worker stuck', nap);
      const next = await change('Victor worker stuck', 'all-the-same');
      expect(group.lines('all-the-same')).toEqual([['next'], [], ['next']]);
      expect(verbs(await next.card())).toContain('let-go');
      await next.press('rae', 'let-go');
      await next.work();
      expect(group.lines('all-the-same')).toEqual([['next'], [], ['next']]);
      await next.press('ada', 'let-go');
      await next.work();
      expect(group.lines('all-the-same')).toEqual([['next'], ['next'], ['next']]);
      for (const run of [lost, next])
        expect(textOf(await run.card())).not.toContain('No other change begins there');
      endNap(nap);
    });
  });
});
