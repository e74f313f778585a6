import { eq, sql } from 'drizzle-orm';
import type { SolutionId } from '#domain/ids.ts';
import type { SolutionContent } from '#domain/solution.ts';
import { splitWords, type Word } from '#domain/text/split-words.ts';
import type { SearchIndex } from '#ports/stores/search-index.ts';
import { searchDocuments } from '../schema/search.ts';
import { indexFields, type SearchField, searchFields } from '../search/index-fields.ts';
import { type LexemeOf, readLexemes } from '../search/read-lexemes.ts';
import type { StoreScope } from '../unit-of-work.ts';

type FieldWords = Readonly<Record<SearchField, readonly Word[]>>;
type Posting = { readonly term: string } & Record<SearchField, number>;

/** More occurrences say nothing more, and the column is a smallint. */
const mostOccurrences = 10_000;

/** Stems of title and lead that are kept in order: about a screen of text. */
const longestOpening = 150;

export function createSearchIndex(scope: StoreScope): SearchIndex {
  return {
    put: async (id, content) => {
      const words = fieldWords(content);
      const lexemeOf = await readLexemes(scope.executor, Object.values(words).flatMap(termsOf));
      const postings = countTerms(words, lexemeOf);
      await removeDocument(scope, id);
      await insertDocument(scope, id, words, lexemeOf, alertNames(content));
      await insertPostings(scope, id, postings);
    },
  };
}

function fieldWords(content: SolutionContent): FieldWords {
  const { title, lead, body, steps, tags } = indexFields(content);
  return {
    title: splitWords(title),
    lead: splitWords(lead),
    body: splitWords(body),
    steps: splitWords(steps),
    tags: splitWords(tags),
  };
}

const termsOf = (words: readonly Word[]): readonly string[] =>
  words.flatMap((word) => (word.whole === null ? word.parts : [...word.parts, word.whole]));

function alertNames(content: SolutionContent): readonly string[] {
  const { alerts, title } = indexFields(content);
  const [only, ...others] = splitWords(title);
  const titleName = others.length === 0 && only?.whole ? [only.whole] : [];
  return [...new Set([...alerts.map((alert) => alert.toLowerCase()), ...titleName])];
}

function countTerms(words: FieldWords, lexemeOf: LexemeOf): readonly Posting[] {
  const postings = new Map<string, Posting>();
  for (const field of searchFields) {
    for (const word of termsOf(words[field])) {
      const term = lexemeOf(word);
      if (term === undefined) continue;
      const posting = postings.get(term) ?? { term, title: 0, lead: 0, body: 0, steps: 0, tags: 0 };
      posting[field] = Math.min(posting[field] + 1, mostOccurrences);
      postings.set(term, posting);
    }
  }
  return [...postings.values()];
}

const stems = (words: readonly Word[], lexemeOf: LexemeOf): readonly string[] =>
  words.flatMap((word) => word.parts).flatMap((part) => lexemeOf(part) ?? []);

/** Postings and vector go with it. */
async function removeDocument(scope: StoreScope, id: SolutionId): Promise<void> {
  await scope.executor.delete(searchDocuments).where(eq(searchDocuments.solutionId, id));
}

async function insertDocument(
  scope: StoreScope,
  id: SolutionId,
  words: FieldWords,
  lexemeOf: LexemeOf,
  alerts: readonly string[],
): Promise<void> {
  const length = (field: SearchField): number => stems(words[field], lexemeOf).length;
  await scope.executor.insert(searchDocuments).values({
    workspaceId: scope.workspace,
    solutionId: id,
    titleLength: length('title'),
    leadLength: length('lead'),
    bodyLength: length('body'),
    stepsLength: length('steps'),
    tagsLength: length('tags'),
    titleTerms: new Set(stems(words.title, lexemeOf)).size,
    opening: [...stems(words.title, lexemeOf), ...stems(words.lead, lexemeOf)].slice(0, longestOpening),
    alertNames: [...alerts],
  });
}

async function insertPostings(
  scope: StoreScope,
  id: SolutionId,
  postings: readonly Posting[],
): Promise<void> {
  await scope.executor.execute(sql`
    insert into search_postings (workspace_id, solution_id, term, title, lead, body, steps, tags)
    select ${scope.workspace}::uuid, ${id}::uuid, posting.*
    from jsonb_to_recordset(${JSON.stringify(postings)}::text::jsonb)
      as posting (term text, title smallint, lead smallint, body smallint, steps smallint, tags smallint)`);
}
