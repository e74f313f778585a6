import { beforeAll, expect, it } from 'vitest';
import type { OpenDatabase } from '#adapters/postgres/database.ts';
import { createSolutionSearch } from '#adapters/postgres/search/create-solution-search.ts';
import { createEmbedMissing } from '#adapters/postgres/search/embed-missing.ts';
import { defaultSearchSettings } from '#adapters/postgres/search/search-settings.ts';
import { createRankSolutions } from '#application/rank-solutions.ts';
import type { Context } from '#domain/context.ts';
import type { HostEntry } from '#domain/host.ts';
import { matchContext } from '#domain/ranking/context-match.ts';
import { defaultRankingSettings } from '#domain/ranking/ranking-settings.ts';
import type { SolutionContent, SolutionKind } from '#domain/solution.ts';
import type { Embedder } from '#ports/embedder.ts';
import type { SearchFilter } from '#ports/solution-search.ts';
import { createTestCore } from '#test/support/application.ts';
import { describeOnBothEngines, type TestDatabase } from '#test/support/databases.ts';
import { createRandom } from '#test/support/random.ts';
import { addSolutions, addWorkspace, plainModels } from '#test/support/search-database.ts';

const random = createRandom(7);
const pick = <T>(values: readonly T[]): T => values[Math.floor(random() * values.length)] as T;

/** Spelled as people spell them, with the odd character that a query must not trip over. */
const values = [undefined, 'linux', ' Linux ', 'WINDOWS', 'it"s {a},\\b', '', "o'brien"];
const randomContext = (): Context => ({
  os: pick(values),
  application: pick(values),
  environment: pick([undefined, [], ['prod'], [' Prod', 'staging'], ['dev', 'prod'], ['']]),
  service: pick([undefined, undefined, 'api']),
  hostGroup: pick([undefined, undefined, 'web', 'db']),
});

const solution = (kind: SolutionKind, appliesTo: Context, title = 'Disk full'): SolutionContent => {
  const common = { title, tags: [], owner: '', appliesTo };
  return kind === 'case'
    ? { kind, case: { ...common, symptoms: 'disk full', rootCause: '', resolution: '', validation: '' } }
    : {
        kind,
        runbook: {
          ...common,
          alerts: [],
          parameters: [],
          lead: '',
          notes: '',
          otherText: '',
          bodyText: 'disk full',
          steps: [],
        },
      };
};

const host = (name: string, environment: readonly string[]): HostEntry => ({
  name,
  address: '127.0.0.1',
  port: 22,
  user: 'root',
  login: { kind: 'agent', socket: '/nowhere' },
  hostKey: null,
  jump: null,
  context: { environment },
  tags: [],
  parameters: {},
});

const embedder: Embedder = {
  model: 'constant',
  dimensions: async () => 2,
  embed: async (texts) => texts.map(() => [1, 0]),
};

describeOnBothEngines('the filter of a search', (openDatabase) => {
  let db: TestDatabase;
  let open: OpenDatabase;
  const settings = { ...defaultSearchSettings, pool: 200 };

  beforeAll(async () => {
    db = await openDatabase();
    open = db.open;
  });

  it('lets through, by words and by meaning, exactly what the ranking would not exclude', async () => {
    const workspace = await addWorkspace(open);
    const entries = Array.from({ length: 60 }, (_, index) => {
      const appliesTo = randomContext();
      const kind = pick(['case', 'case', 'runbook'] as const);
      return { slug: `s${index}`, appliesTo, kind, content: solution(kind, appliesTo) };
    });
    await addSolutions(open, workspace, entries);
    const embed = createEmbedMissing({ open, embedder, redact: (text) => text, exactUpTo: 1000 });
    while ((await embed(workspace, AbortSignal.timeout(20_000))) > 0);
    const byWords = createSolutionSearch({ database: open.database, settings });
    const byMeaning = createSolutionSearch({
      database: open.database,
      settings,
      models: { ...plainModels, embedder },
    });
    for (let asked = 0; asked < 40; asked += 1) {
      const context = randomContext();
      const kinds = pick<readonly SolutionKind[] | undefined>([undefined, ['case'], ['runbook'], []]);
      const filter: SearchFilter = { context, ...(kinds && { kinds }) };
      const expected = entries
        .filter(({ kind }) => kinds === undefined || kinds.includes(kind))
        .filter(
          ({ kind, appliesTo }) =>
            kind === 'runbook' || matchContext(appliesTo, context).differing.length === 0,
        )
        .map(({ slug }) => slug)
        .toSorted();
      const found = async (search: typeof byWords, text: string) =>
        (await search.find({ workspace, text, limit: 100, filter }))
          .map((candidate) => candidate.solution.slug)
          .toSorted();
      expect(await found(byWords, 'disk full')).toEqual(expected);
      expect(await found(byMeaning, 'unheard')).toEqual(expected);
    }
  });

  it('keeps cases from elsewhere from taking the places of what may be shown', async () => {
    const workspace = await addWorkspace(open);
    const core = await createTestCore(db);
    await db.unitOfWork.within(workspace, ({ hosts }) =>
      hosts.sync([host('web-1', ['prod']), host('web-2', ['staging'])]),
    );
    await addSolutions(open, workspace, [
      ...Array.from({ length: 20 }, (_, index) => ({
        slug: `staging-${index}`,
        content: solution('case', { environment: ['staging'] }, 'Disk full on staging after deploy'),
      })),
      { slug: 'prod', content: solution('case', { environment: ['Prod'] }, 'Disk full after deploy') },
    ]);
    const seen: (SearchFilter | undefined)[] = [];
    const rankSolutions = createRankSolutions({
      ...core,
      search: {
        find: (query) => {
          seen.push(query.filter);
          return core.search.find(query);
        },
      },
      settings: {
        ...core.settings,
        ranking: { ...defaultRankingSettings, thresholds: { runbook: 0, case: 0 } },
      },
    });
    const { ranked, context } = await rankSolutions(workspace, 'disk full after deploy on prod', null);
    expect(context).toEqual({ environment: ['prod'] });
    expect(seen).toEqual([{ context, hidden: [] }]);
    expect(ranked.map((one) => one.solution.slug)).toEqual(['prod']);
  });
});
