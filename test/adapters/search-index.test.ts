import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { OpenDatabase } from '#adapters/postgres/database.ts';
import { openInMemory } from '#adapters/postgres/open-embedded.ts';
import { readRows } from '#adapters/postgres/read-rows.ts';
import { bestNumbers } from '#adapters/postgres/search/best-numbers.ts';
import { filterCondition } from '#adapters/postgres/search/filter-condition.ts';
import {
  numberOf,
  packPosting,
  readPostings,
  shareOf,
  writePostings,
} from '#adapters/postgres/search/packed-postings.ts';
import { readCandidates } from '#adapters/postgres/search/read-candidates.ts';
import { readStatistics } from '#adapters/postgres/search/read-statistics.ts';
import { createSearchIndex } from '#adapters/postgres/stores/search-index.ts';
import type { SolutionId, WorkspaceId } from '#domain/ids.ts';
import type { SolutionKind } from '#domain/solution.ts';
import type { SearchFilter } from '#ports/solution-search.ts';
import { fc } from '#test/support/properties.ts';
import { createRandom } from '#test/support/random.ts';
import { addSolutions, addWorkspace, inScope } from '#test/support/search-database.ts';
import { somePastCase, someRunbook, someStep } from '#test/support/solutions.ts';

const words = 'disk clock queue cert replica pod node kernel swap lease vacuum quorum'.split(' ');

describe('posting lists', () => {
  it('keep numbers, and impacts to half a percent', () => {
    const posting = fc.record({
      number: fc.integer({ min: 0, max: 2 ** 24 - 1 }),
      share: fc.double({ min: 0.01, max: 1, noNaN: true }),
    });
    fc.assert(
      fc.property(fc.array(posting), (postings) => {
        const bytes = writePostings(
          Uint32Array.from(postings.map(({ number, share }) => packPosting(number, share))),
        );
        // Bytes from a driver begin anywhere.
        const list = readPostings(Buffer.concat([Buffer.from('x'), bytes]).subarray(1));
        expect([...list].map(numberOf)).toEqual(postings.map(({ number }) => number));
        for (const [at, { share }] of postings.entries())
          expect(Math.abs(shareOf(list[at] ?? 0) - share)).toBeLessThan(0.005);
      }),
    );
  });
});

describe('bestNumbers', () => {
  it('is the head of a full sort', () => {
    const scores = fc.array(
      fc.oneof(fc.constant(0), fc.constant(1), fc.double({ min: 0, max: 9, noNaN: true })),
    );
    fc.assert(
      fc.property(scores, fc.integer({ min: 1, max: 20 }), (all, limit) => {
        const sorted = [...all.keys()]
          .filter((at) => (all[at] ?? 0) > 0)
          .sort((one, other) => (all[other] ?? 0) - (all[one] ?? 0) || one - other);
        expect(bestNumbers(Float64Array.from(all), limit)).toEqual(sorted.slice(0, limit));
      }),
    );
  });
});

describe('the index of a workspace', () => {
  let open: OpenDatabase;
  beforeAll(async () => {
    open = await openInMemory();
    await open.migrate();
  });
  afterAll(() => open.close());

  const textOf = (random: () => number): string =>
    Array.from(
      { length: 1 + Math.floor(random() * 8) },
      () => words[Math.floor(random() * words.length)],
    ).join(' ');

  it('has the same statistics after any edits and removals as one that was made anew', async () => {
    const random = createRandom(11);
    const edited = await addWorkspace(open);
    const texts = Array.from({ length: 40 }, () => textOf(random));
    const ids = await addSolutions(
      open,
      edited,
      texts.map((text, at) => ({ slug: `s${at}`, content: someRunbook('Page', { bodyText: text }) })),
    );
    const kept = new Map(ids.map((id, at) => [id, texts[at] ?? '']));
    for (let change = 0; change < 60; change += 1) {
      const id = ids[Math.floor(random() * ids.length)] as SolutionId;
      const text = textOf(random);
      await inScope(open, edited, async (scope) => {
        const index = createSearchIndex(scope);
        if (random() < 0.3) {
          await index.remove([id]);
          kept.delete(id);
        } else {
          await index.put([{ id, content: someRunbook('Page', { bodyText: text }) }]);
          kept.set(id, text);
        }
      });
    }
    const fresh = await addWorkspace(open);
    await addSolutions(
      open,
      fresh,
      [...kept.values()].map((text, at) => ({
        slug: `s${at}`,
        content: someRunbook('Page', { bodyText: text }),
      })),
    );
    const statistics = (workspace: WorkspaceId) =>
      inScope(open, workspace, async ({ executor }) => {
        const { documents, postings } = await readStatistics(executor, [
          'page',
          ...words.map((word) => word.replace(/s$/, '')),
        ]);
        const shares = [...postings].map(
          ([term, list]) => [term, [...list].map((one) => one & 255).sort()] as const,
        );
        return { documents, lists: shares.toSorted() };
      });
    expect(await statistics(edited)).toEqual(await statistics(fresh));
    expect((await statistics(edited)).documents).toBe(kept.size);
  });

  it('takes out all that it put in, whatever a cut left of a word and wherever the commands stand', async () => {
    const workspace = await addWorkspace(open);
    const long = (size: number) => `${'disk clock queue '.repeat(size / 17)}kubernetes xﷺy`;
    const contents = [
      someRunbook('Page', { bodyText: `${'a '.repeat(244)}kubernetes` }),
      someRunbook('Page', { bodyText: long(70_000), steps: [someStep('systemctl restart nginx')] }),
      someRunbook('Page ﷺ', { bodyText: long(700) }),
    ];
    const ids = await addSolutions(
      open,
      workspace,
      contents.map((content, at) => ({ slug: `s${at}`, content })),
    );
    const postings = () =>
      inScope(open, workspace, ({ executor }) =>
        readRows(executor, sql`select term, octet_length(postings) from search_postings order by term`),
      );
    const before = await postings();
    await inScope(open, workspace, async (scope) => {
      const index = createSearchIndex(scope);
      await index.put(contents.map((content, at) => ({ id: ids[at] as SolutionId, content })));
    });
    expect(await postings()).toEqual(before);
    await inScope(open, workspace, (scope) => createSearchIndex(scope).remove(ids));
    expect(await postings()).toEqual([]);
  });

  it('finds the candidates that a scan of all finds, in 1,000 random filtered questions', async () => {
    const random = createRandom(5);
    const pick = <T>(values: readonly T[]): T => values[Math.floor(random() * values.length)] as T;
    const workspace = await addWorkspace(open);
    const entries = Array.from({ length: 400 }, (_, at) => {
      const appliesTo = {
        os: pick([undefined, 'linux', 'windows']),
        application: pick([undefined, 'nginx', 'redis']),
      };
      const content =
        random() < 0.5
          ? someRunbook(textOf(random), { appliesTo })
          : somePastCase(textOf(random), { appliesTo });
      return { slug: `s${at}`, content };
    });
    const ids = await addSolutions(open, workspace, entries);
    const fits = (wanted: string | undefined, known: string | undefined): boolean =>
      !wanted || !known || wanted === known;
    const allowed = ({ kinds, context }: SearchFilter, at: number): boolean => {
      const content = entries[at]?.content;
      if (!content || (kinds && !kinds.includes(content.kind))) return false;
      if (content.kind === 'runbook') return true;
      const { os, application } = content.case.appliesTo;
      return fits(os, context?.os) && fits(application, context?.application);
    };
    await inScope(open, workspace, async ({ executor }) => {
      for (let asked = 0; asked < 1000; asked += 1) {
        const scores = Float64Array.from(entries, () =>
          random() < 0.3 ? 0 : Math.round(random() * 50) / 10,
        );
        const kinds = pick<readonly SolutionKind[] | undefined>([undefined, ['case'], ['runbook']]);
        const filter: SearchFilter = {
          context: {
            os: pick([undefined, 'linux', 'windows']),
            application: pick([undefined, 'nginx', 'redis']),
          },
          ...(kinds && { kinds }),
        };
        const expected = [...scores.keys()]
          .filter((at) => (scores[at] ?? 0) > 0 && allowed(filter, at))
          .sort((one, other) => (scores[other] ?? 0) - (scores[one] ?? 0) || one - other)
          .slice(0, 5);
        const found = await readCandidates(executor, {
          scores,
          besides: [],
          condition: filterCondition(filter),
          limit: 5,
        });
        expect(found.map(({ id }) => id)).toEqual(expected.map((at) => ids[at]));
      }
    });
  });
});
