import { beforeAll, expect, it } from 'vitest';
import type { StepId } from '#domain/ids.ts';
import { describeOnBothEngines, type TestDatabase } from '#test/support/databases.ts';
import { addStory, proposeSome } from '#test/support/rows.ts';

describeOnBothEngines('the unit of work', (open) => {
  let db: TestDatabase;
  beforeAll(async () => {
    db = await open();
  });

  it('does again the one of two transactions that lost a deadlock', async () => {
    const [one, other] = await db.unitOfWork.within(db.workspace, async (transaction) => {
      const { run } = await addStory(transaction, db.ids);
      const first = await proposeSome(transaction, db.ids, run);
      return [first.id, (await proposeSome(transaction, db.ids, run, { position: 1 })).id] as const;
    });
    const held = new Map([one, other].map((id) => [id, Promise.withResolvers<void>()]));
    let calls = 0;
    const take = (mine: StepId, theirs: StepId) =>
      db.unitOfWork.within(db.workspace, async ({ runs }) => {
        calls += 1;
        await runs.lockStep(mine);
        held.get(mine)?.resolve();
        // The embedded engine runs one transaction at a time: there is nobody to wait for.
        if (db.open.engine === 'server') await held.get(theirs)?.promise;
        await runs.lockStep(theirs);
        return runs.requestCancel(mine);
      });
    expect(await Promise.all([take(one, other), take(other, one)])).toEqual([false, false]);
    expect(calls).toBe(db.open.engine === 'server' ? 3 : 2);
  });

  it('turns an error of the database into a fault and keeps a fault as it is', async () => {
    const { unitOfWork, workspace } = db;
    const broken = unitOfWork.within(workspace, ({ incidents }) => incidents.find('no uuid' as never));
    await expect(broken).rejects.toMatchObject({ name: 'Fault', kind: 'internal', code: 'database-value' });
  });

  it('tells the time of the database in milliseconds', async () => {
    const now = await db.unitOfWork.within(db.workspace, (transaction) => transaction.now());
    expect(Number.isInteger(now)).toBe(true);
    expect(Math.abs(now - Date.now())).toBeLessThan(60_000);
  });
});
