import { beforeAll, beforeEach, expect, it } from 'vitest';
import type { Speaker } from '#domain/intent.ts';
import { createOwnBot, runbookSource, type TestBot } from '#test/support/application.ts';
import { describeOnBothEngines, type TestDatabase } from '#test/support/databases.ts';
import { someHost } from '#test/support/rows.ts';

const look = [{ section: 'Check', command: 'df -h' }];
const hosts = ['web-01', 'web-02', 'db-web', 'cache'].map((name) => someHost({ name }));

describeOnBothEngines('what somebody types', (open) => {
  let db: TestDatabase;
  let bot: TestBot;
  beforeAll(async () => {
    db = await open();
  });
  beforeEach(async () => {
    const runbooks = [
      { slug: 'disk-full', text: runbookSource('Disk full on a web host', look) },
      { slug: 'full-disk', text: runbookSource('Disk', look) },
      { slug: 'dns', text: runbookSource('Names are not resolved', look) },
    ];
    bot = await createOwnBot(db, { hosts, runbooks });
  });
  const values = async (...inquiry: Parameters<TestBot['suggest']>) =>
    (await bot.suggest(...inquiry)).map(({ value }) => value);

  it('suggests runbooks, the best match first, by names that start exactly that one', async () => {
    expect(await bot.suggest('rae', 'runbook', 'DISK')).toEqual([
      { label: 'Disk', value: 'full-disk' },
      { label: 'Disk full on a web host', value: 'disk-full' },
    ]);
    expect(await values('rae', 'runbook', 'resolved names ')).toEqual(['dns']);
    expect(await values('rae', 'runbook', '')).toHaveLength(3);
    expect(await values('rae', 'runbook', '%')).toEqual([]);
    expect(await bot.slash('rae', 'run full-disk')).toMatchObject({ kind: 'form', form: { title: 'Disk' } });
  });

  it('suggests hosts, those that begin so first', async () => {
    expect(await values('rae', 'host', 'Web')).toEqual(['web-01', 'web-02', 'db-web']);
    expect(await values('rae', 'host', '')).toEqual(['cache', 'db-web', 'web-01', 'web-02']);
    expect(await values('rae', 'host', 'w%')).toEqual([]);
  });

  it('suggests as many as every platform shows', async () => {
    const many = Array.from({ length: 40 }, (_, index) => someHost({ name: `node-${index}` }));
    await bot.within((transaction) => transaction.hosts.sync(many));
    expect(await values('rae', 'host', 'node')).toHaveLength(25);
  });

  it.each([
    ['a viewer', 'vic', {}],
    ['a guest', 'rae', { standing: 'guest' }],
    ['somebody whose account was closed', 'ada', { standing: 'deactivated' }],
    ['a program', 'max', { standing: 'bot' }],
  ] as const)('suggests nothing to %s', async (_, who, seen: Partial<Speaker>) => {
    bot.seeAs(who, seen);
    expect(await values(who, 'runbook', 'disk')).toEqual([]);
    expect(await values(who, 'host', 'web')).toEqual([]);
  });

  it('counts the groups that somebody is in now, and keeps nothing', async () => {
    await bot.slash('max', 'role group:G1 responder');
    bot.seeAs('new', { groups: ['G1'] });
    expect(await values('new', 'runbook', 'dns')).toEqual(['dns']);
    expect(await bot.within(({ people }) => people.knows('new'))).toBe(false);
    bot.seeAs('new', { groups: [] });
    expect(await values('new', 'runbook', 'dns')).toEqual([]);
  });
});
