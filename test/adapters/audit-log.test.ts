import { type SQL, sql } from 'drizzle-orm';
import { beforeAll, beforeEach, expect, it } from 'vitest';
import type { WorkspaceId } from '#domain/ids.ts';
import { describeOnBothEngines, type TestDatabase } from '#test/support/databases.ts';

describeOnBothEngines('the audit chain', (open) => {
  let db: TestDatabase;
  let workspace: WorkspaceId;
  beforeAll(async () => {
    db = await open();
  });
  beforeEach(async () => {
    workspace = (await db.workspaces.ensure('playground', db.ids.nonce(), 'Own')).id;
  });

  const append = (event: string, details: Readonly<Record<string, unknown>> = {}) =>
    db.unitOfWork.within(workspace, ({ audit }) => audit.append({ actor: 'rae', event, details }));
  const broken = () => db.unitOfWork.within(workspace, ({ audit }) => audit.firstBroken());
  /** What somebody with the database's password could do; forced row-level security holds for the owner too. */
  const asOwner = (statement: SQL) =>
    db.open.database.transaction(async (transaction) => {
      await transaction.execute(sql`select set_config('recourse.workspace', ${workspace}, true)`);
      await transaction.execute(statement);
    });
  const three = async () => {
    await append('run.started', { run: 'r', z: 1, a: [null, { y: 'ü', x: 0.5 }] });
    await append('step.approved', { binding: 'hash' });
    await append('step.running');
  };

  it('fits as it was written, and starts empty', async () => {
    expect(await broken()).toBeUndefined();
    await three();
    expect(await broken()).toBeUndefined();
  });

  it.each([
    ['the actor', sql`update audit_entries set actor = 'vic' where sequence = 2`],
    ['the event', sql`update audit_entries set event = 'step.rejected' where sequence = 2`],
    ['the details', sql`update audit_entries set details = '{"binding":"other"}' where sequence = 2`],
    ['the time', sql`update audit_entries set at = at + interval '1 ms' where sequence = 2`],
    ['the hash', sql`update audit_entries set hash = repeat('0', 64) where sequence = 2`],
    ['the link', sql`update audit_entries set previous = repeat('0', 64) where sequence = 2`],
  ])('finds a row of which %s was changed', async (_what, tamper) => {
    await three();
    await asOwner(tamper);
    expect(await broken()).toBe(2);
  });

  it('finds a row that is gone', async () => {
    await three();
    await asOwner(sql`delete from audit_entries where sequence = 2`);
    expect(await broken()).toBe(3);
  });

  it('finds a first row that is gone', async () => {
    await three();
    await asOwner(sql`delete from audit_entries where sequence = 1`);
    expect(await broken()).toBe(2);
  });

  it('finds two rows that changed places', async () => {
    await three();
    await asOwner(sql`update audit_entries set sequence = -sequence where sequence in (2, 3)`);
    await asOwner(sql`update audit_entries set sequence = 5 + sequence where sequence < 0`);
    expect(await broken()).toBe(2);
  });

  it('finds a row that was put in between', async () => {
    await three();
    await asOwner(sql`update audit_entries set sequence = 4 where sequence = 3`);
    await asOwner(sql`insert into audit_entries select workspace_id, 3, at, actor, 'forged', details, hash, hash
      from audit_entries where sequence = 2`);
    expect(await broken()).toBe(3);
  });

  it('does not take an entry of another workspace for its own', async () => {
    await append('run.started');
    const { id: thief } = await db.workspaces.ensure('playground', db.ids.nonce(), 'Thief');
    await db.open.database.transaction(async (transaction) => {
      await transaction.execute(sql`select set_config('recourse.workspace', ${workspace}, true)`);
      await transaction.execute(
        sql`create temporary table copied on commit drop as select * from audit_entries`,
      );
      await transaction.execute(sql`select set_config('recourse.workspace', ${thief}, true)`);
      await transaction.execute(sql`insert into audit_entries select ${thief}, sequence, at, actor, event, details,
        previous, hash from copied where workspace_id = ${workspace}`);
    });
    expect(await db.unitOfWork.within(thief, ({ audit }) => audit.firstBroken())).toBe(1);
  });

  it('does not fork under writers at the same time', async () => {
    await Promise.all(Array.from({ length: 12 }, (_, index) => append(`event-${index}`)));
    expect(await broken()).toBeUndefined();
    await append('last');
    expect(await broken()).toBeUndefined();
  });

  it.each([
    ['update', sql`update audit_entries set actor = 'vic'`],
    ['delete', sql`delete from audit_entries`],
    ['truncate', sql`truncate audit_entries`],
  ])('cannot be changed by the application: %s', async (_what, statement) => {
    await append('run.started');
    const tried = db.open.database.transaction(async (transaction) => {
      await transaction.execute(sql`select set_config('recourse.workspace', ${workspace}, true)`);
      await transaction.execute(sql`set local role recourse_app`);
      await transaction.execute(statement);
    });
    await expect(tried).rejects.toMatchObject({ cause: { code: '42501' } });
    expect(await broken()).toBeUndefined();
  });
});
