import { inArray, sql } from 'drizzle-orm';
import { type Context, type ContextLabel, contextLabels } from '#domain/context.ts';
import { labelValues } from '#domain/context-vocabulary.ts';
import { Fault } from '#domain/fault.ts';
import type { SolutionId } from '#domain/ids.ts';
import { type SolutionContent, solutionAppliesTo } from '#domain/solution.ts';
import type { IndexEntry, SearchIndex } from '#ports/stores/search-index.ts';
import { readRows } from '../read-rows.ts';
import { one } from '../rows.ts';
import { searchCollections, searchDocuments } from '../schema/search.ts';
import { type AnalysedDocument, analyseDocument, formsOf, readFields } from '../search/analyse-document.ts';
import { contentHash } from '../search/embedding-text.ts';
import { mostNumbers, packPosting } from '../search/packed-postings.ts';
import { readLexemes } from '../search/read-lexemes.ts';
import { defaultIndexSettings, highestImpact } from '../search/search-settings.ts';
import type { StoreScope } from '../unit-of-work.ts';
import { learnWords } from './learn-words.ts';
import { appendPostings, removePostings } from './posting-blocks.ts';

/** A document with its place in the index. */
interface Placed {
  readonly id: SolutionId;
  readonly content: SolutionContent;
  readonly number: number;
  readonly document: AnalysedDocument;
}

export function createSearchIndex(scope: StoreScope): SearchIndex {
  return {
    put: (entries) => put(scope, [...new Map(entries.map((entry) => [entry.id, entry])).values()]),
    remove: async (ids) => {
      if (ids.length === 0) return;
      await lockCollection(scope);
      const removed = await removeDocuments(scope, ids);
      await resizeCollection(scope, { numbers: 0, documents: -removed.size });
    },
    learn: async (learnt) => {
      await lockCollection(scope);
      await learnWords(scope, learnt);
    },
    putMissing: (limit) => putMissing(scope, limit),
  };
}

async function put(scope: StoreScope, entries: readonly IndexEntry[]): Promise<void> {
  if (entries.length === 0) return;
  const documents = await analyse(scope, entries);
  let next = await lockCollection(scope);
  const known = await removeDocuments(
    scope,
    entries.map(({ id }) => id),
  );
  refuseBeyond(next + entries.length);
  const placed = entries.flatMap(({ id, content }, index): readonly Placed[] => {
    const document = documents[index];
    return document ? [{ id, content, number: known.get(id) ?? next++, document }] : [];
  });
  await insertDocuments(scope, placed);
  await appendPostings(scope, placed.flatMap(postingsOf));
  const added = entries.length - known.size;
  await resizeCollection(scope, { numbers: added, documents: added });
}

function refuseBeyond(numbers: number): void {
  if (numbers <= mostNumbers) return;
  const advice = 'Export what is in force into a new workspace: its documents are numbered anew.';
  throw new Fault(
    'rejected',
    'index-full',
    `The index has no numbers left after ${mostNumbers} documents.`,
    advice,
  );
}

async function analyse(
  scope: StoreScope,
  entries: readonly IndexEntry[],
): Promise<readonly AnalysedDocument[]> {
  const read = entries.map(({ content }) => ({ content, fields: readFields(content) }));
  const forms = read.flatMap(({ fields }) => Object.values(fields).flat().flatMap(formsOf));
  const lexemeOf = await readLexemes(scope.executor, forms);
  return read.map(({ content, fields }) => analyseDocument(content, fields, lexemeOf, defaultIndexSettings));
}

function postingsOf({ number, document }: Placed) {
  const highest = highestImpact(defaultIndexSettings);
  return [...document.impacts].map(([term, impact]) => ({
    term,
    number,
    posting: packPosting(number, impact / highest),
  }));
}

/**
 * Until the transaction ends, other writers of this workspace's index wait; readers never do. Returns the number that
 * the next new document gets.
 */
async function lockCollection({ executor, workspace }: StoreScope): Promise<number> {
  const rows = await executor
    .insert(searchCollections)
    .values({ workspaceId: workspace, nextNumber: 0, documents: 0, revision: 1 })
    .onConflictDoUpdate({
      target: searchCollections.workspaceId,
      set: { revision: sql`${searchCollections.revision} + 1` },
    })
    .returning({ next: searchCollections.nextNumber });
  return one(rows).next;
}

async function resizeCollection(
  { executor }: StoreScope,
  change: { readonly numbers: number; readonly documents: number },
): Promise<void> {
  await executor.update(searchCollections).set({
    nextNumber: sql`${searchCollections.nextNumber} + ${change.numbers}`,
    documents: sql`${searchCollections.documents} + ${change.documents}`,
  });
}

/** Takes documents out with their postings; returns the numbers that they had. */
async function removeDocuments(
  scope: StoreScope,
  ids: readonly SolutionId[],
): Promise<ReadonlyMap<SolutionId, number>> {
  const removed = await scope.executor
    .delete(searchDocuments)
    .where(inArray(searchDocuments.solutionId, [...ids]))
    .returning({
      id: searchDocuments.solutionId,
      number: searchDocuments.number,
      stems: searchDocuments.stems,
    });
  await removePostings(
    scope,
    removed.map(({ number, stems }) => ({ number, terms: new Set(stems.split(' ')) })),
  );
  return new Map(removed.map(({ id, number }) => [id, number]));
}

async function insertDocuments(
  { executor, workspace }: StoreScope,
  placed: readonly Placed[],
): Promise<void> {
  await executor.insert(searchDocuments).values(
    placed.map(({ id, content, number, document }) => ({
      workspaceId: workspace,
      solutionId: id,
      number,
      analysis: defaultIndexSettings.version,
      stems: document.stems.join(' '),
      titleLength: document.titleLength,
      leadLength: document.leadLength,
      kind: content.kind,
      ...labelColumns(solutionAppliesTo({ content })),
      contentHash: contentHash(content),
      trouble: document.trouble,
      alertNames: [...document.alertNames],
    })),
  );
}

function labelColumns(appliesTo: Context): Record<ContextLabel, string[]> {
  const values = contextLabels.map((label) => [label, [...labelValues(appliesTo, label)]] as const);
  return Object.fromEntries(values) as Record<ContextLabel, string[]>;
}

/** Read again under the lock: an edit that came first has indexed its own version by then. */
async function putMissing(scope: StoreScope, limit: number): Promise<number> {
  if ((await readMissing(scope, 1)).length === 0) return 0;
  await lockCollection(scope);
  const missing = await readMissing(scope, limit);
  await put(scope, missing);
  return missing.length;
}

/** Solutions in force that are not in the index, or in the form of an earlier program. */
function readMissing({ executor }: StoreScope, limit: number): Promise<readonly IndexEntry[]> {
  return readRows<IndexEntry>(
    executor,
    sql`select version.solution_id as id, version.content from solution_versions version
      where version.state = 'active' and not exists (select from search_documents document
        where document.solution_id = version.solution_id and document.analysis = ${defaultIndexSettings.version})
      order by version.solution_id limit ${limit}`,
  );
}
