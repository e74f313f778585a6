import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readConfig } from '#adapters/config/read-config.ts';
import { createRunbookParser } from '#adapters/markdown/create-runbook-parser.ts';
import { createSolutionFiles } from '#adapters/markdown/solution-files/create-solution-files.ts';
import { matchWhole } from '#adapters/system/match-pattern.ts';
import { createRankSolutions } from '#application/rank-solutions.ts';
import type { CommandContext } from '#commands/command.ts';
import type { SolutionId } from '#domain/ids.ts';
import type { RecordedVersion } from '#domain/solution-file/version-record.ts';
import { createCommandContext } from '#src/composition/create-command-context.ts';
import type { OpenCore } from '#src/composition/open-core.ts';
import { createTestBot, runbookSource, type TestBot } from '#test/support/application.ts';
import { arbitraryCase } from '#test/support/arbitrary-case.ts';
import { run } from '#test/support/command-parts.ts';
import { describeOnBothEngines, type TestDatabase } from '#test/support/databases.ts';
import { fc } from '#test/support/properties.ts';
import { somePastCase } from '#test/support/solutions.ts';

type Tree = Readonly<Record<string, string>>;

async function readTree(folder: string): Promise<Tree> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const read = files
    .toSorted()
    .map(async (file) => [file.slice(folder.length + 1), await readFile(file, 'utf8')]);
  return Object.fromEntries(await Promise.all(read)) as Tree;
}

describeOnBothEngines('knowledge in a folder', (open) => {
  let db: TestDatabase;
  let bot: TestBot;
  let context: CommandContext;
  let folder: string;
  const folders: string[] = [];

  beforeAll(async () => {
    db = await open();
    bot = await createTestBot(db, undefined);
    const learnSecrets = async () => undefined;
    const opened = { core: bot.core, database: db.open, learnSecrets } as unknown as OpenCore;
    context = createCommandContext(readConfig({ RECOURSE_HOSTS: '' }), opened, async () => undefined);
    await bot.load(
      { slug: 'disk-full', text: runbookSource('Disk full', [{ section: 'Check', command: 'df -h' }]) },
      { slug: 'db/slow', text: runbookSource('Slow database', [{ section: 'Check', command: 'uptime' }]) },
    );
    const second = runbookSource('Disk is full', [{ section: 'Check', command: 'df -hi' }]);
    await bot.load({ slug: 'disk-full', text: second });
    await addSome();
    folder = await newFolder();
    expect(await exported(folder)).toMatchObject({ code: 0, err: '' });
  });
  afterAll(async () => {
    for (const one of folders) await rm(one, { recursive: true, force: true });
  });

  /** Versions in every state, and cases whose texts are as nasty as they come. */
  const addSome = async (): Promise<void> => {
    const past = (changes: Partial<RecordedVersion>): RecordedVersion => ({
      ...{ slug: 'c', content: somePastCase('Queue stuck'), text: '{}', version: 1, state: 'active' },
      ...{
        reason: null,
        parent: null,
        author: 'rae',
        source: 'human',
        origin: 'incidents/1',
        createdAt: 1e12,
      },
      ...changes,
    });
    const nasty = fc.sample(arbitraryCase, 40).map((one, index) => {
      return past({
        slug: `nasty ${index}/…`,
        content: { kind: 'case', case: one },
        text: JSON.stringify(one),
      });
    });
    const others = [
      past({ slug: 'gone', state: 'retired', reason: 'discarded by rae' }),
      past({ slug: 'bad', state: 'deprecated', reason: 'worked 1 of 9' }),
      past({ slug: 'Twice' }),
      past({ slug: 'twice', content: somePastCase('Other') }),
      past({ slug: 'new', state: 'draft' }),
      past({ slug: 'bad', state: 'in-review', version: 2, parent: 1, content: somePastCase('Better') }),
    ];
    await bot.within(async ({ versions, visibility }) => {
      for (const version of [...others, ...nasty]) await versions.add(version);
      const of = async (slug: string) => (await visibility.of(slug))?.id as SolutionId;
      await visibility.set(await of('bad'), { visibility: 'team', channel: 'C: 1', team: 'payments' });
      await visibility.set(await of('twice'), { visibility: 'channel', channel: 'C2', team: null });
    });
  };

  const newFolder = async (): Promise<string> => {
    const made = await mkdtemp(join(tmpdir(), 'recourse-export-'));
    folders.push(made);
    return made;
  };
  const exported = (to: string, ...words: string[]) =>
    run(['export', to, '--workspace', 'One', ...words], { context });
  const imported = (from: string, workspace = 'One', ...words: string[]) =>
    run(['import', from, '--workspace', workspace, ...words], { context });
  /** The exported folder with other files in it. */
  const changed = async (files: Tree): Promise<string> => {
    const copy = await newFolder();
    for (const [path, text] of Object.entries({ ...(await readTree(folder)), ...files })) {
      await mkdir(dirname(join(copy, path)), { recursive: true });
      await writeFile(join(copy, path), text);
    }
    return copy;
  };
  const versionsOf = (slug: string) =>
    bot.within(async ({ versions }) => (await versions.named([slug]))[0]?.versions ?? []);

  it('has one file a solution, and its other versions beside them', async () => {
    const paths = Object.keys(await readTree(folder));
    expect(paths).toEqual(
      expect.arrayContaining(['runbooks/disk-full.md', 'runbooks/db/slow.md', 'cases/gone.md']),
    );
    expect(paths.filter((path) => path.startsWith('versions/'))).toEqual([
      'versions/cases/bad/2.md',
      'versions/runbooks/disk-full/1.md',
    ]);
    expect(await exported(folder)).toMatchObject({ code: 0, out: expect.stringMatching(/^0 files written/) });
  });

  it('becomes the same knowledge in an empty workspace, and the same files again', async () => {
    expect(await imported(folder, 'Two')).toMatchObject({ code: 0, err: '' });
    const again = await newFolder();
    await run(['export', again, '--workspace', 'Two'], { context });
    expect(await readTree(again)).toEqual(await readTree(folder));
    const rest = await imported(folder, 'Two', '--json');
    const changes = (JSON.parse(rest.out).files as { change: string }[]).map(({ change }) => change);
    expect(new Set(changes)).toEqual(new Set(['unchanged']));
    const found = await db.unitOfWork.within(db.other, ({ solutions }) => solutions.all());
    expect(found.map(({ slug }) => slug)).toEqual(expect.arrayContaining(['disk-full', 'twice', 'Twice']));
    expect(found.map(({ slug }) => slug)).not.toContain('bad');
    const shownTo = (slug: string) => db.unitOfWork.within(db.other, ({ visibility }) => visibility.of(slug));
    expect(await shownTo('bad')).toMatchObject({ visibility: 'team', channel: 'C: 1', team: 'payments' });
    expect(await shownTo('twice')).toMatchObject({ visibility: 'channel', channel: 'C2' });
    const answer = await createRankSolutions(bot.core)(db.other, 'disk is full', null);
    const shown = [...answer.ranked, ...answer.closest].map(({ solution }) => solution.slug);
    expect(shown).toContain('disk-full');
    expect(shown).not.toContain('gone');
  });

  it('takes an edit as a new version made from the one before, once', async () => {
    const path = 'runbooks/db/slow.md';
    const before = (await readTree(folder))[path] ?? '';
    const copy = await changed({ [path]: before.replace('Slow database', 'Very slow database') });
    const trial = await imported(copy, 'One', '--dry-run');
    expect(trial.out).toContain(`${path}: changed, version 2`);
    expect(await versionsOf('db/slow')).toHaveLength(1);
    expect((await imported(copy)).out).toContain(`${path}: changed, version 2`);
    expect((await imported(copy)).out).toMatch(/^0 added, 0 changed/);
    expect(await versionsOf('db/slow')).toMatchObject([
      { version: 1, state: 'superseded' },
      { version: 2, state: 'active', parent: 1, content: { runbook: { title: 'Very slow database' } } },
    ]);
    const stale = await changed({ [path]: before.replace('Slow database', 'Slower database') });
    const refused = await imported(stale);
    expect(refused).toMatchObject({ code: 1, out: expect.stringContaining('was written from version 1') });
    expect((await imported(folder)).out).toContain(`${path}: kept: holds version 1; version 2 counts by now`);
    expect(await versionsOf('db/slow')).toHaveLength(2);
  });

  it('takes what somebody wrote by hand, and takes out of force what says so', async () => {
    const written = '---\ntitle: Cable pulled\n---\n\n## Resolution\n\nPlugged it in.\n';
    const before = (await readTree(folder))['cases/twice.md'] ?? '';
    const copy = await changed({
      'cases/cable.md': written,
      'cases/twice.md': before.replace('state: active', 'state: retired\n  reason: no such queue any more'),
    });
    expect((await imported(copy)).out).toContain('cases/twice.md: changed, version 1: is retired now');
    expect(await versionsOf('cable')).toMatchObject([
      { version: 1, state: 'active', origin: 'cases/cable.md' },
    ]);
    expect(await versionsOf('twice')).toMatchObject([{ state: 'retired', reason: 'no such queue any more' }]);
    // The file from before does not know of it.
    expect((await imported(folder)).out).toContain('cases/twice.md: kept: says active');
    expect(await versionsOf('twice')).toMatchObject([{ state: 'retired' }]);
  });

  it('keeps everything out when one file is wrong, and names its lines', async () => {
    const copy = await changed({
      'cases/new-one.md': '---\ntitle: Good\n---\n',
      'cases/wrong.md': '---\ntitle: Bad\nmood: x\n---\n\n## Nothing\n',
      'runbooks/disk-full.txt': 'x',
      'versions/runbooks/disk-full/7.md': '---\ntitle: X\nrecourse:\n  state: active\n---\n',
    });
    const { code, out } = await imported(copy);
    expect(code).toBe(1);
    expect(out).toContain('cases/wrong.md:3: unknown key "mood"');
    expect(out).toContain('cases/wrong.md:6: unknown section');
    expect(out).toContain('runbooks/disk-full.txt:1: does not belong here');
    expect(await versionsOf('new-one')).toEqual([]);
    await rm(join(copy, 'cases/wrong.md'));
    await rm(join(copy, 'runbooks/disk-full.txt'));
    expect((await imported(copy)).out).toContain('versions/runbooks/disk-full/7.md:1: says active');
    expect(await versionsOf('new-one')).toEqual([]);
  });

  it('keeps a file out that says for whom it is and not where', async () => {
    const path = 'cases/bad.md';
    const source = (await readTree(folder))[path] ?? '';
    const wrong = (from: string | RegExp) =>
      changed({ [path]: source.replace(from, '') }).then((copy) => imported(copy));
    expect(source).toContain('  visibility: team\n');
    expect(await wrong('  team: payments\n')).toMatchObject({
      code: 1,
      out: expect.stringContaining('"team"'),
    });
    expect(await wrong(/ {2}channel: .*\n/)).toMatchObject({
      code: 1,
      out: expect.stringContaining('"channel"'),
    });
  });

  it('never writes over what it does not know, nor through a link', async () => {
    const target = await newFolder();
    await mkdir(join(target, 'runbooks'));
    await writeFile(join(target, 'runbooks/disk-full.md'), '# mine\n');
    const refused = await exported(target);
    expect(refused).toMatchObject({
      code: 1,
      err: expect.stringContaining('runbooks/disk-full.md: holds what'),
    });
    expect(await readTree(target)).toEqual({ 'runbooks/disk-full.md': '# mine\n' });
    expect((await exported(target, '--force')).code).toBe(0);

    const outside = await newFolder();
    const linked = await newFolder();
    await symlink(outside, join(linked, 'runbooks'));
    expect(await exported(linked)).toMatchObject({ code: 1, err: expect.stringContaining('in the way') });
    expect(await readTree(outside)).toEqual({});
    const link = await changed({});
    await symlink('/etc/passwd', join(link, 'cases/passwd.md'));
    expect((await imported(link)).out).toContain('cases/passwd.md:1: is no plain file');
  });

  it('replaces and removes its own files of before', async () => {
    const target = await newFolder();
    await exported(target);
    const text = runbookSource('Disk full at last', [{ section: 'Check', command: 'df' }]);
    await bot.load({ slug: 'disk-full', text });
    expect((await exported(target, '--dry-run')).out).toMatch(/^2 files would be written/);
    await exported(target);
    const tree = await readTree(target);
    expect(tree['runbooks/disk-full.md']).toContain('Disk full at last');
    expect(tree['versions/runbooks/disk-full/2.md']).toContain('state: superseded');
    const edited = tree['runbooks/disk-full.md']?.replace('at last', 'again') ?? '';
    await writeFile(join(target, 'runbooks/disk-full.md'), edited);
    expect((await exported(target)).code).toBe(1);
    expect(createSolutionFiles(createRunbookParser(matchWhole)).textOf(edited)).toContain('again');
  });
});
