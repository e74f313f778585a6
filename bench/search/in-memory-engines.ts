import { create, insertMultiple, search } from '@orama/orama';
import MiniSearch from 'minisearch';
import { found, plainDocument, type SearchEngine } from './engine.ts';

/** The title counts twice for both, as their manuals do it; the rest is what they do by themselves. */
const boost = { title: 2 };

const inMemory = {
  settle: () => Promise.resolve(),
  diskBytes: () => Promise.resolve(null),
  close: () => Promise.resolve(),
};

/** MiniSearch: BM25+, words joined by OR, no stemming. */
export function openMiniSearch(): Promise<SearchEngine> {
  const index = new MiniSearch({ fields: ['title', 'body'], searchOptions: { boost } });
  return Promise.resolve({
    ...inMemory,
    load: (versions) => {
      index.addAll(versions.map(plainDocument));
      return Promise.resolve();
    },
    find: (text) =>
      Promise.resolve(
        index
          .search(text)
          .slice(0, found)
          .map(({ id }) => String(id)),
      ),
  });
}

/** Orama: BM25 over words and their beginnings, with its English stemmer. */
export function openOrama(): Promise<SearchEngine> {
  const index = create({
    schema: { title: 'string', body: 'string' },
    components: { tokenizer: { language: 'english', stemming: true } },
  });
  return Promise.resolve({
    ...inMemory,
    load: async (versions) => {
      await insertMultiple(index, versions.map(plainDocument), versions.length);
    },
    find: async (text) => {
      const { hits } = await search(index, { term: text, limit: found, boost });
      return hits.map(({ id }) => id);
    },
  });
}
