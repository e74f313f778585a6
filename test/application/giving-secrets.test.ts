import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import type { Sandbox } from '#adapters/ssh/sandbox/create-sandbox.ts';
import { createOwnBot, knownSecret, openSandbox, type TestBot } from '#test/support/application.ts';
import { describeOnEmbedded, type TestDatabase } from '#test/support/databases.ts';
import { outputOf, startRun, textOf } from '#test/support/run-story.ts';

const secretEnv = { env: { DB_PASSWORD: { secret: 'runbooks/db' } } };

describeOnEmbedded('what a step is given', (open) => {
  let db: TestDatabase;
  let sandbox: Sandbox;
  let bot: TestBot;
  const asked: string[] = [];
  beforeAll(async () => {
    db = await open();
    sandbox = await openSandbox();
  });
  afterAll(() => sandbox?.close());
  beforeEach(async () => {
    asked.length = 0;
    db.jobs.length = 0;
    bot = await createOwnBot(db, { sandbox });
    const secrets = {
      get: async (workspace: string, name: string) => {
        asked.push(`${workspace}/${name}`);
        return workspace === bot.workspace && name === 'runbooks/db' ? knownSecret : undefined;
      },
    };
    // The parts of a bot are read at each use.
    Object.assign(bot.core, { secrets });
  });

  it('is shown on the card and in the preview, and reaches the command', async () => {
    const run = await startRun(bot, [
      {
        section: 'Check',
        command: 'echo "level $LEVEL on $WHERE"',
        attributes: { env: { WHERE: '{{host}}', LEVEL: 'it is 3' } },
      },
    ]);
    expect(textOf(await run.card())).toContain("LEVEL='it is 3'\\nWHERE=demo-web-01");
    expect(await run.newestStep()).toMatchObject({
      risk: 'read-only',
      riskWhy: expect.stringContaining('echo'),
    });
    await run.approve('rae');
    expect(outputOf(await run.card())).toContain('level it is 3 on demo-web-01');
  });

  it('a secret is read for the workspace alone when the step is sent, and nobody sees it', async () => {
    const run = await startRun(bot, [
      { section: 'Check', command: 'test "$DB_PASSWORD" && echo "got $DB_PASSWORD"', attributes: secretEnv },
      { section: 'Fix', command: 'cat > given.txt', attributes: { stdin: { secret: 'runbooks/db' } } },
    ]);
    expect(textOf(await run.card())).toContain('DB_PASSWORD ← secret runbooks/db');
    expect(asked).toEqual([]);
    await run.approve('rae');
    expect(asked).toEqual([`${bot.workspace}/runbooks/db`]);
    expect(textOf((await run.cards())[0])).toContain('succeeded');
    expect(textOf(await run.card())).toContain('standard input ← secret runbooks/db');
    await run.approve('ada', 'ben');
    expect(readFileSync(join(sandbox.scratch, 'given.txt'), 'utf8')).toBe(knownSecret);
    const everything = await Promise.all(
      ['run_steps', 'posts', 'audit_entries', 'approvals'].map((table) =>
        db.open.database.execute(sql.raw(`select to_jsonb(t)::text as row from ${table} t`)),
      ),
    );
    expect(JSON.stringify(everything)).toContain('runbooks/db');
    expect(JSON.stringify(everything)).not.toContain(knownSecret);
  });

  it('a step that would hand its secret to a program as an argument is not proposed', async () => {
    const run = await startRun(bot, [
      { section: 'Check', command: 'mysql -p"$DB_PASSWORD" -e status', attributes: secretEnv },
    ]);
    expect(await run.cards()).toEqual([]);
    const told = (await bot.replies(run.thread)).map((reply) => textOf(reply)).join('\n');
    expect(told).toContain('Step s1 would hand a secret to mysql as an argument');
    expect(asked).toEqual([]);
  });

  it('one that is replaced between two tries is read anew', async () => {
    const values = [knownSecret, 'replaced'];
    Object.assign(bot.core, { secrets: { get: async () => values.shift() } });
    const attributes = { ...secretEnv, retry: { times: 1, pause: '10ms' } };
    const run = await startRun(bot, [
      { section: 'Verify', command: 'echo "$DB_PASSWORD" | grep placed', attributes },
    ]);
    await run.approve('rae');
    expect(textOf(await run.card())).toContain('This was attempt 2 of 2.');
    expect((await run.newestStep().catch(() => null))?.state ?? 'succeeded').toBe('succeeded');
    expect(values).toEqual([]);
  });

  it('one that is missing is refused before anything is sent, with what to do', async () => {
    const run = await startRun(bot, [
      {
        section: 'Check',
        command: 'echo sent > sent.txt',
        attributes: { stdin: { secret: 'runbooks/gone' } },
      },
    ]);
    await run.approve('ada', 'ben');
    const card = textOf(await run.card());
    expect(card).toContain('Nothing was sent. The workspace has no secret named runbooks/gone');
    expect(card).toContain('secret set runbooks/gone');
    expect(() => readFileSync(join(sandbox.scratch, 'sent.txt'))).toThrow();
  });

  it('a name outside of those for steps is refused even if a row says it', async () => {
    const run = await startRun(bot, [{ section: 'Check', command: 'true', attributes: secretEnv }]);
    const step = await run.newestStep();
    const given = { environment: [{ name: 'KEY', secret: 'ssh/web' }], input: null };
    await db.open.database.execute(
      sql`update run_steps set given = ${JSON.stringify(given)}::jsonb where id = ${step.id}`,
    );
    await run.press('rae', 'approve');
    // What the row says now is not what the card showed.
    expect(await run.stateOf(step.id)).toBe('rejected');
    expect(asked).toEqual([]);
  });

  it('what is given after the approval is not sent', async () => {
    const run = await startRun(bot, [
      { section: 'Check', command: 'echo $LEVEL', attributes: { env: { LEVEL: 'low' } } },
    ]);
    const step = await run.newestStep();
    await run.press('rae', 'approve');
    await db.open.database.execute(
      sql`update run_steps set given = jsonb_set(given, '{environment,0,text}', '"high"') where id = ${step.id}`,
    );
    await bot.work();
    expect(await run.stateOf(step.id)).toBe('rejected');
  });

  it('a step that is given a secret is not approved together with others', async () => {
    const run = await startRun(bot, [
      { section: 'Check', command: 'echo one', attributes: { env: { LEVEL: 'low' } } },
      { section: 'Check', command: 'echo two', attributes: { env: { LEVEL: 'high' } } },
      { section: 'Check', command: 'echo three', attributes: secretEnv },
    ]);
    const card = textOf(await run.card());
    expect(card).toContain('LEVEL=high');
    expect(card).toContain('Approve all 2 checks');
    expect(card).not.toContain('echo three');
  });

  it('a command that was masked when its runbook was loaded is not proposed', async () => {
    const run = await startRun(bot, [{ section: 'Check', command: 'mysql --password=[redacted] -e status' }]);
    expect(await run.cards()).toEqual([]);
    const told = (await bot.replies(run.thread)).map((reply) => textOf(reply)).join('\n');
    expect(told).toContain('would show a secret in the thread; store it');
  });

  it('a variable that changes which code runs makes a look destructive', async () => {
    const run = await startRun(bot, [
      { section: 'Check', command: 'git log -1', attributes: { env: { GIT_SSH_COMMAND: '/tmp/x' } } },
    ]);
    expect(await run.newestStep()).toMatchObject({ risk: 'destructive' });
  });
});
