import { type SQL, sql } from 'drizzle-orm';
import { beforeAll, beforeEach, expect, it } from 'vitest';
import { inWorkspace } from '#adapters/postgres/in-workspace.ts';
import { readRows } from '#adapters/postgres/read-rows.ts';
import { auditEntries } from '#adapters/postgres/schema/runs.ts';
import { readAudit } from '#application/read-audit.ts';
import { verifyAudit } from '#application/verify-audit.ts';
import type { AuditEntry } from '#domain/audit/audit-entry.ts';
import type { KnownHashes } from '#domain/audit/check-chain.ts';
import type { WorkspaceId } from '#domain/ids.ts';
import { someChain } from '#test/support/audit-chain.ts';
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
  /** What is wrong first, as `NUMBER FLAW`; undefined when all fits. */
  const broken = async (known: KnownHashes = new Map(), of: WorkspaceId = workspace) => {
    const chain = await verifyAudit(db, of, known);
    return chain.kind === 'broken' ? `${chain.sequence} ${chain.flaw}` : undefined;
  };
  const anchored = (sequence: number, hash: string): KnownHashes => new Map([[sequence, new Set([hash])]]);
  const newestHash = async () =>
    (await db.unitOfWork.within(workspace, ({ audit }) => audit.newest()))?.hash ?? 'none';
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
    [
      'the time, by a microsecond',
      sql`update audit_entries set at = at + interval '1 us' where sequence = 2`,
    ],
    ['the link', sql`update audit_entries set previous = repeat('0', 64) where sequence = 2`],
  ])('finds a row of which %s was changed', async (_what, tamper) => {
    await three();
    await asOwner(tamper);
    expect(await broken()).toBe('2 hash');
  });

  it('finds a row that is gone', async () => {
    await three();
    await asOwner(sql`delete from audit_entries where sequence = 2`);
    expect(await broken()).toBe('2 missing');
  });

  it('finds a first row that is gone', async () => {
    await three();
    await asOwner(sql`delete from audit_entries where sequence = 1`);
    expect(await broken()).toBe('1 missing');
  });

  it('finds an end that is gone, when it was anchored', async () => {
    await three();
    const known = anchored(3, await newestHash());
    await asOwner(sql`delete from audit_entries where sequence > 1`);
    expect(await broken()).toBeUndefined();
    expect(await broken(known)).toBe('2 tail');
    await asOwner(sql`delete from audit_entries`);
    expect(await broken(known)).toBe('1 tail');
  });

  it('finds two rows that changed places', async () => {
    await three();
    await asOwner(sql`update audit_entries set sequence = -sequence where sequence in (2, 3)`);
    await asOwner(sql`update audit_entries set sequence = 5 + sequence where sequence < 0`);
    expect(await broken()).toBe('2 hash');
  });

  it('finds a row that was put in between, and one before the first', async () => {
    await three();
    await asOwner(sql`update audit_entries set sequence = 4 where sequence = 3`);
    await asOwner(sql`insert into audit_entries select workspace_id, 3, at, actor, 'forged', details, hash, hash
      from audit_entries where sequence = 2`);
    expect(await broken()).toBe('3 hash');
    await asOwner(sql`insert into audit_entries select workspace_id, -1, at, actor, 'forged', details, hash, hash
      from audit_entries where sequence = 2`);
    expect(await broken()).toBe('-1 number');
  });

  it('never writes a time before that of the entry it continues', async () => {
    await append('from a fast clock');
    const [tomorrow] = someChain(workspace, 1).map((entry) => ({ ...entry, at: Date.now() + 86_400_000 }));
    await asOwner(sql`update audit_entries set at = to_timestamp(${(tomorrow?.at ?? 0) / 1000})`);
    await append('now');
    const [first, second] = await db.unitOfWork.within(workspace, ({ audit }) => audit.after(0, 10));
    expect(second?.at).toBe(first?.at);
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
    expect(await broken(new Map(), thief)).toBe('1 hash');
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

  it('may be read and added to by the application, and nothing else', async () => {
    const rights = await readRows<{ right: string }>(
      db.open.database,
      sql`select distinct privilege_type as right from information_schema.column_privileges
        where table_name = 'audit_entries' and grantee in ('recourse_app', 'PUBLIC')
        union select privilege_type from information_schema.table_privileges
        where table_name = 'audit_entries' and grantee in ('recourse_app', 'PUBLIC') order by 1`,
    );
    expect(rights.map(({ right }) => right)).toEqual(['INSERT', 'SELECT']);
  });

  const length = 1000;
  /** Beside every border of what is read at once, and the ends. */
  const places = [1, 2, 199, 200, 201, 202, 400, 401, 577, 999];

  it('of 1,000 entries is read whole and in order, 200 at a time', async () => {
    const chain = someChain(workspace, length);
    await put(chain);
    const batches: number[] = [];
    for await (const batch of readAudit(db, workspace)) batches.push(batch.length);
    expect(batches).toEqual([200, 200, 200, 200, 200]);
    expect(await verifyAudit(db, workspace, anchored(length, chain.at(-1)?.hash ?? ''))).toMatchObject({
      kind: 'fits',
      head: { sequence: length },
    });
  });

  it.each(places)('of 1,000 entries names number %d, whatever was done to it', async (n) => {
    const chain = someChain(workspace, length);
    const known = anchored(length, chain.at(-1)?.hash ?? '');
    for (const [statements, flaw] of changesAt(n)) {
      await put(chain);
      for (const statement of statements) await asOwner(statement);
      expect(await broken(known)).toBe(flaw);
      await asOwner(sql`delete from audit_entries`);
    }
  });

  const put = (chain: readonly AuditEntry[]) =>
    inWorkspace(db.open.database, workspace, async (executor) => {
      await executor
        .insert(auditEntries)
        .values(chain.map((entry) => ({ ...entry, workspaceId: workspace })));
    });

  /** What to do to the entry `n`, and what must be said then. */
  const changesAt = (n: number): readonly (readonly [readonly SQL[], string])[] => [
    [[sql`update audit_entries set details = details || '{"n": -1}' where sequence = ${n}`], `${n} hash`],
    [[sql`delete from audit_entries where sequence = ${n}`], `${n} missing`],
    [
      [
        sql`update audit_entries set sequence = -sequence where sequence in (${n}, ${n + 1})`,
        sql`update audit_entries set sequence = ${n + n + 1} + sequence where sequence < 0`,
      ],
      `${n} hash`,
    ],
    [
      [
        sql`update audit_entries set sequence = -sequence where sequence >= ${n}`,
        sql`update audit_entries set sequence = 1 - sequence where sequence < 0`,
        sql`insert into audit_entries select workspace_id, ${n}, at, actor, event, details, previous, hash
          from audit_entries where sequence = ${n + 1}`,
      ],
      `${n + 1} hash`,
    ],
  ];
});
