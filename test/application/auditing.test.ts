import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { createAnchorFile } from '#adapters/system/create-anchor-file.ts';
import { createAnchorAudit } from '#application/anchor-audit.ts';
import type { Core } from '#application/core.ts';
import { createPostAuditHead } from '#application/post-audit-head.ts';
import type { CommandContext } from '#commands/command.ts';
import { auditHash } from '#domain/audit/audit-hash.ts';
import type { WorkspaceId } from '#domain/ids.ts';
import { createAuditCommands } from '#src/composition/create-audit-commands.ts';
import type { OpenCore } from '#src/composition/open-core.ts';
import { createOwnBot, createTestCore, type TestBot } from '#test/support/application.ts';
import { run } from '#test/support/command-parts.ts';
import { describeOnBothEngines, type TestDatabase } from '#test/support/databases.ts';

/** The program of docs/audit.md, which knows nothing of the code here. */
const verifier = /```js\n([\s\S]*?)```/.exec(readFileSync('docs/audit.md', 'utf8'))?.[1] ?? '';

describeOnBothEngines('the audit log outside the database', (open) => {
  let db: TestDatabase;
  let core: Core;
  let folder: string;
  let file: string;
  let bot: TestBot;
  let workspace: WorkspaceId;
  let told: unknown[];
  beforeAll(async () => {
    db = await open();
    folder = await mkdtemp(join(tmpdir(), 'recourse-audit-'));
    const logger = {
      ...(await createTestCore(db)).logger,
      error: (fields: object) => void told.push(fields),
    };
    core = { ...(await createTestCore(db)), logger };
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));
  beforeEach(async () => {
    told = [];
    file = join(folder, db.ids.nonce());
    bot = await createOwnBot(db);
    workspace = bot.workspace;
  });

  const append = async (...events: string[]) => {
    for (const event of events)
      await bot.within(({ audit }) =>
        audit.append({ actor: 'rae', event, details: { ä: [1.5, null, '\u2028"'] } }),
      );
  };
  const anchoring = () => createAnchorAudit({ ...core, anchor: createAnchorFile(file) });
  const anchors = async () =>
    (await Array.fromAsync(createAnchorFile(file).read())).filter((one) => one.workspace === workspace);
  const asOwner = (statement: ReturnType<typeof sql>) =>
    db.open.database.transaction(async (transaction) => {
      await transaction.execute(sql`select set_config('recourse.workspace', ${workspace}, true)`);
      await transaction.execute(statement);
    });
  const command = (...argv: string[]) => {
    const audit = { anchorFile: file, channels: [] };
    const context: Partial<CommandContext> = createAuditCommands({ audit }, { core } as OpenCore);
    return run(['audit', ...argv], { context });
  };
  const verify = (...more: string[]) => command('verify', '--workspace', workspace, ...more);

  it('is anchored when it has grown, and not otherwise, also by a process that comes later', async () => {
    const anchor = anchoring();
    await append('one', 'two');
    await anchor();
    await anchor();
    expect(await anchors()).toMatchObject([{ sequence: 2 }]);
    await append('three');
    await anchor();
    await anchoring()();
    expect(await anchors()).toMatchObject([{ sequence: 2 }, { sequence: 3 }]);
    expect(await verify()).toMatchObject({
      code: 0,
      out: expect.stringMatching(/up to 3:.*, 2 anchors agree/),
    });
  });

  it('is told to be cut, in the log and by the check, and is not anchored in its shorter form', async () => {
    await append('one', 'two', 'three');
    const anchor = anchoring();
    await anchor();
    await asOwner(sql`delete from audit_entries where sequence > 1`);
    await anchor();
    await anchor();
    // The embedded database is open to its superuser, who took the others' entries too.
    const ours = told.filter((fields) => JSON.stringify(fields).includes(workspace));
    expect(ours).toEqual([{ workspace, sequence: 1, anchored: 3 }]);
    expect(await anchors()).toMatchObject([{ sequence: 3 }]);
    expect(await verify()).toMatchObject({
      code: 1,
      out: expect.stringContaining('BROKEN at entry 2 (tail)'),
    });
  });

  it('is told to be gone with its whole workspace, which has anchors still', async () => {
    const other = db.ids.next();
    const line = { time: new Date(0).toISOString(), workspace: other, sequence: 7, hash: '0'.repeat(64) };
    await writeFile(file, `${JSON.stringify(line)}\n`);
    const { out, code } = await command('verify');
    expect(code).toBe(1);
    expect(out).toContain(`a workspace that is gone (${other}): BROKEN at entry 1 (tail)`);
    expect((await verify()).out).not.toContain(other);
  });

  it('is told to be rewritten when every hash in it is right', async () => {
    await append('one', 'two');
    await anchoring()();
    const entries = await bot.within(({ audit }) => audit.after(0, 10));
    let previous = entries[0]?.previous ?? '';
    await asOwner(sql`delete from audit_entries`);
    for (const entry of entries) {
      const forged = { ...entry, actor: 'vic', previous };
      previous = auditHash(workspace, forged);
      await asOwner(sql`insert into audit_entries values (${workspace}, ${forged.sequence},
        to_timestamp(${forged.at / 1000}), 'vic', ${forged.event}, ${JSON.stringify(forged.details)},
        ${forged.previous}, ${previous})`);
    }
    expect(await verify()).toMatchObject({
      code: 1,
      out: expect.stringContaining('BROKEN at entry 2 (anchor)'),
    });
    const empty = join(folder, 'empty');
    await writeFile(empty, '');
    expect(await verify('--anchor', empty)).toMatchObject({
      code: 0,
      out: expect.stringContaining('no anchor'),
    });
  });

  it('is compared with a head that somebody kept', async () => {
    await append('one', 'two');
    const head = await bot.within(({ audit }) => audit.newest());
    expect(await verify('--expect', `2:${head?.hash}`)).toMatchObject({ code: 0 });
    expect(await verify('--expect', `1:${head?.hash}`)).toMatchObject({ code: 1 });
    expect(await verify('--expect', `3:${head?.hash}`)).toMatchObject({
      code: 1,
      out: expect.stringContaining('entry 3 (tail)'),
    });
    expect(await verify('--expect', 'two')).toMatchObject({ code: 2 });
    expect(await command('verify', '--expect', `2:${head?.hash}`)).toMatchObject({ code: 2 });
    const byName = ['verify', '--workspace', 'Own', '--expect', `2:${head?.hash}`];
    expect(await command(...byName)).toMatchObject({ code: 1, err: expect.stringContaining('by its id') });
    expect(await command('verify', '--workspace', 'nowhere')).toMatchObject({ code: 1, out: '' });
  });

  it('has its head posted when there is news, once an hour, and the post can be checked', async () => {
    const post = createPostAuditHead(core);
    await post(workspace, 'ops');
    await append('one');
    await post(workspace, 'ops');
    await append('two');
    await post(workspace, 'ops');
    const posts = await bot.within(({ audit }) => audit.after(0, 10));
    expect(posts.map(({ event }) => event)).toEqual(['one', 'audit.head-posted', 'two']);
    await db.open.database.execute(sql`delete from leases where name = ${`audit-head:${workspace}`}`);
    await post(workspace, 'ops');
    await db.open.database.execute(sql`delete from leases where name = ${`audit-head:${workspace}`}`);
    await post(workspace, 'ops');
    expect((await bot.within(({ audit }) => audit.after(0, 10))).map(({ event }) => event)).toHaveLength(4);
    await bot.settle();
    const shown = (await db.conversationLog.channel(workspace, 'ops', 10)).map(({ message: { body } }) =>
      body.kind === 'reply' ? body.reply.summary : '',
    );
    expect(shown).toHaveLength(2);
    for (const summary of shown)
      expect(await verify('--expect', summary.replace('Audit log: ', ''))).toMatchObject({ code: 0 });
  });

  it('is exported so that a program that knows nothing of it finds what was changed', async () => {
    await append('one', 'two', 'three');
    const { code, out } = await command('export', '--workspace', workspace);
    expect(code).toBe(0);
    const program = join(folder, 'verify.mjs');
    await writeFile(program, verifier);
    const check = (input: string) => spawnSync(process.execPath, [program], { input, encoding: 'utf8' });
    const head = await bot.within(({ audit }) => audit.newest());
    expect(check(out)).toMatchObject({ status: 0, stdout: `${workspace} 3:${head?.hash}\n` });
    expect(check(out.replace('"event":"two"', '"event":"too"'))).toMatchObject({
      status: 1,
      stderr: `bad entry 2 of ${workspace}\n`,
    });
    expect(check(out.split('\n').toSpliced(1, 1).join('\n'))).toMatchObject({ status: 1 });
  });

  it('is exported from a day on', async () => {
    await append('one');
    const since = (day: string) => command('export', '--workspace', workspace, '--since', day);
    expect((await since('2020-01-01')).out.split('\n')).toHaveLength(2);
    expect(await since('2999-01-01')).toEqual({ code: 0, out: '', err: '' });
    expect(await since('20.11.2026')).toMatchObject({ code: 2, err: expect.stringContaining('--since') });
    expect(await readFile(file, 'utf8').catch(() => 'none')).toBe('none');
  });
});
