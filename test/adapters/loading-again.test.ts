import { beforeAll, expect, it } from 'vitest';
import { readDemoCases } from '#adapters/markdown/read-demo-cases.ts';
import { createLoadSolutions } from '#application/load-solutions.ts';
import type { VersionId } from '#domain/ids.ts';
import type { RecordedVersion } from '#domain/solution-file/version-record.ts';
import type { Transaction } from '#ports/unit-of-work.ts';
import { describeOnBothEngines, type TestDatabase } from '#test/support/databases.ts';
import { someVersion } from '#test/support/rows.ts';
import { someRunbook } from '#test/support/solutions.ts';

const unchanged = { created: 0, updated: 0, unchanged: 1 };
const updated = { created: 0, updated: 1, unchanged: 0 };

describeOnBothEngines('a runbook file that is loaded again', (open) => {
  let db: TestDatabase;
  beforeAll(async () => {
    db = await open();
  });

  const within = <T>(work: (transaction: Transaction) => Promise<T>) =>
    db.unitOfWork.within(db.workspace, work);
  /** As a start does with what it finds in the folder. */
  const load = (slug: string, text: string) =>
    createLoadSolutions(db)(db.workspace, [
      { ...someVersion(slug, text), content: someRunbook(slug), source: 'import' },
    ]);
  const add = (slug: string, changes: Partial<RecordedVersion>) =>
    within(({ versions }) =>
      versions.add({
        ...{ ...someVersion(slug), content: someRunbook(slug) },
        ...{ version: 2, state: 'active', reason: null, parent: 1, createdAt: 1e12, ...changes },
      }),
    );
  const history = (slug: string) =>
    within(async ({ versions }) =>
      ((await versions.named([slug]))[0]?.versions ?? []).map(({ text, state, parent }) => ({
        ...{ text, state, parent },
      })),
    );
  const isFound = (slug: string) =>
    within(async ({ solutions }) => (await solutions.named(slug)) !== undefined);
  const versionIn = (slug: string) =>
    within(async ({ solutions }) => (await solutions.named(slug))?.versionId ?? db.ids.next<VersionId>());

  it('leaves what was taken out of force where it is', async () => {
    await load('bad', 'one');
    await load('gone', 'one');
    const [bad, gone] = [await versionIn('bad'), await versionIn('gone')];
    await within(({ solutions }) => solutions.deprecate(bad, 'worked 1 of 9'));
    await within(({ solutions }) => solutions.retire(gone, 'discarded by rae'));
    for (const slug of ['bad', 'gone']) {
      expect(await load(slug, 'one')).toEqual(unchanged);
      expect(await isFound(slug)).toBe(false);
    }
    expect(await history('bad')).toEqual([{ text: 'one', state: 'deprecated', parent: null }]);
    expect(await history('gone')).toEqual([{ text: 'one', state: 'retired', parent: null }]);
    expect(await load('gone', 'two')).toEqual(updated);
    expect(await history('gone')).toMatchObject([{ state: 'retired' }, { text: 'two', state: 'active' }]);
  });

  it('holds for the invented cases of the playground too', async () => {
    const cases = await readDemoCases();
    await createLoadSolutions(db)(db.workspace, cases);
    const slug = cases[0]?.slug ?? '';
    const demo = await versionIn(slug);
    await within(({ solutions }) => solutions.retire(demo, 'discarded by rae'));
    const again = await createLoadSolutions(db)(db.workspace, cases);
    expect(again).toEqual({ created: 0, updated: 0, unchanged: cases.length });
    expect(await isFound(slug)).toBe(false);
  });

  it('leaves the version in force that people approved since', async () => {
    await load('better', 'one');
    await add('better', { text: 'approved' });
    expect(await load('better', 'one')).toEqual(unchanged);
    expect(await history('better')).toMatchObject([
      { text: 'one', state: 'superseded' },
      { text: 'approved', state: 'active' },
    ]);
    // Somebody brought the file up to it.
    expect(await load('better', 'approved')).toEqual(unchanged);
    expect(await load('better', 'another')).toEqual(updated);
    expect((await history('better'))[2]).toEqual({ text: 'another', state: 'active', parent: 2 });
    expect(await load('better', 'one')).toEqual(updated);
  });

  it('does not come in over an approved version that was taken out of force', async () => {
    await load('worse', 'one');
    await add('worse', { text: 'approved', state: 'retired', reason: 'no longer true' });
    await within(({ versions, solutions }) =>
      solutions.named('worse').then((one) => one && versions.restate(one.id, 1, superseded)),
    );
    expect(await load('worse', 'one')).toEqual(unchanged);
    expect(await isFound('worse')).toBe(false);
  });

  it.each(['draft', 'in-review', 'rejected'] as const)('leaves one that is %s as it is', async (state) => {
    const slug = `with ${state}`;
    await load(slug, 'one');
    await add(slug, { text: 'proposed', state });
    expect(await load(slug, 'one')).toEqual(unchanged);
    expect(await load(slug, 'two')).toEqual(updated);
    expect(await history(slug)).toEqual([
      { text: 'one', state: 'superseded', parent: null },
      { text: 'proposed', state, parent: 1 },
      { text: 'two', state: 'active', parent: 1 },
    ]);
    expect(await load(slug, 'two')).toEqual(unchanged);
    // What a file proposes was never in force.
    await add(slug, { text: 'approved', version: 4, parent: 3 });
    await add(slug, { text: 'a file', version: 5, parent: 4, state, source: 'import' });
    expect(await load(slug, 'two')).toEqual(unchanged);
  });
});

const superseded = { state: 'superseded', reason: null } as const;
