import { beforeAll, beforeEach, expect, it } from 'vitest';
import { readConfig } from '#adapters/config/read-config.ts';
import { createRunbookParser } from '#adapters/markdown/create-runbook-parser.ts';
import { matchWhole } from '#adapters/system/match-pattern.ts';
import type { CommandContext } from '#commands/command.ts';
import { createCommandContext } from '#src/composition/create-command-context.ts';
import type { OpenCore } from '#src/composition/open-core.ts';
import { createOwnBot, knownSecret, type TestBot } from '#test/support/application.ts';
import { quietContext, run } from '#test/support/command-parts.ts';
import { describeOnBothEngines, type TestDatabase } from '#test/support/databases.ts';
import { someHost } from '#test/support/rows.ts';

describeOnBothEngines('a runbook from a case', (open) => {
  let db: TestDatabase;
  let bot: TestBot;
  let context: CommandContext;
  beforeAll(async () => {
    db = await open();
  });
  beforeEach(async () => {
    bot = await createOwnBot(db, { hosts: [someHost({ name: 'demo-web-01' })] });
    const opened = { core: bot.core, database: db.open } as unknown as OpenCore;
    const own = createCommandContext(readConfig({ RECOURSE_HOSTS: '' }), opened, async () => undefined);
    const here = (await db.workspaces.all()).find(({ id }) => id === bot.workspace)?.externalId ?? '';
    const draft: CommandContext['reviews']['draft'] = (_, name) => own.reviews.draft(here, name);
    context = { ...quietContext, reviews: { ...quietContext.reviews, draft } };
  });

  const save = async (steps: string): Promise<string> => {
    const thread = await bot.say('rae', 'Warbler relay is stuck on demo-web-01');
    const fields = {
      title: 'Warbler relay stuck',
      symptoms: 'It hangs.',
      resolution: 'Restarted it.',
      steps,
    };
    await bot.submit('rae', thread, { verb: 'save-case', id: thread }, fields);
    const all = await bot.within(({ solutions }) => solutions.all());
    return all.find(({ content }) => content.kind === 'case')?.slug ?? '';
  };

  it('is printed as Markdown that lints clean, by the name of its case or by the id in it', async () => {
    const slug = await save(
      '$ df -h /var/log/warbler\n(succeeded)\n$ sudo systemctl restart warbler\n(succeeded)',
    );
    const printed = await run(['runbook', 'from-case', slug], { context });
    expect(printed).toMatchObject({ code: 0, err: '' });
    expect(createRunbookParser(matchWhole).parse(printed.out, 'x.md')).toMatchObject({
      kind: 'runbook',
      warnings: [],
      runbook: {
        title: 'Warbler relay stuck',
        steps: [{ command: 'df -h {{path}}' }, { kind: 'remediation' }],
      },
    });
    const shorter = slug.replace('case-', '');
    expect((await run(['runbook', 'from-case', shorter], { context })).out).toBe(printed.out);
  });

  it('holds no secret that became known after the case was saved', async () => {
    const slug = await save('$ uptime\n(succeeded)');
    await bot.within(async ({ solutions }) => {
      const [stored] = (await solutions.all()).filter((one) => one.slug === slug);
      if (stored?.content.kind !== 'case') throw new Error('no case');
      const past = { ...stored.content.case, steps: `$ login ${knownSecret}\n(succeeded)\n$ uptime` };
      const content = { kind: 'case', case: past } as const;
      await solutions.putAll([{ slug, content, text: 'x', origin: '', author: 'rae', source: 'human' }]);
    });
    const { out } = await run(['runbook', 'from-case', slug], { context });
    expect(out).not.toContain(knownSecret);
    expect(out).toContain('it held a secret');
    expect(out).toContain('\nuptime\n');
  });

  it('says what is wrong with a name that is no case', async () => {
    const missing = await run(['runbook', 'from-case', 'nothing'], { context });
    expect(missing).toMatchObject({ code: 1, out: '' });
    expect(missing.err).toContain('There is no case named nothing');
  });
});
