import type { SearchEngine } from './engine.ts';

/**
 * How each engine is opened. Only the one that is measured is imported: memory is part of the measurement.
 * `url` is an empty database of its own for those that need a server.
 */
const openers = {
  pglite: async () => (await import('./product-engine.ts')).openProductEmbedded(),
  postgres: async (url) => (await import('./product-engine.ts')).openProductServer(url),
  minisearch: async () => (await import('./in-memory-engines.ts')).openMiniSearch(),
  orama: async () => (await import('./in-memory-engines.ts')).openOrama(),
  'postgres-fts': async (url) => (await import('./postgres-fts-engine.ts')).openPostgresFts(url),
} as const satisfies Record<string, (url: string) => Promise<SearchEngine>>;

export type EngineName = keyof typeof openers;

export const engineNames = Object.keys(openers) as readonly EngineName[];

export const isEngineName = (name: string): name is EngineName => Object.hasOwn(openers, name);

export const needsServer = (name: EngineName): boolean => name.startsWith('postgres');

/** The others are peers. */
export const isProduct = (name: EngineName): boolean => name === 'pglite' || name === 'postgres';

/** Solutions that an engine is meant for: an embedded bot is a small team's. */
export const mostSolutions = (name: EngineName): number =>
  name === 'pglite' ? 10_000 : Number.POSITIVE_INFINITY;

/** Questions that are asked where time allows. */
export const fullCount = 1_000;

/** Questions at 100,000 for engines that need seconds each there: the same beginning of the list. */
const slowCounts: Partial<Readonly<Record<EngineName, number>>> = { orama: 40, 'postgres-fts': 100 };

export function mostQuestions(name: EngineName, solutions: number): number {
  return solutions < 100_000 ? fullCount : (slowCounts[name] ?? 300);
}

/** What keeps all of its index in the heap of the process, and may need more of it than a bot is given. */
export const livesInHeap = (name: EngineName): boolean => name === 'minisearch' || name === 'orama';

export const openEngine = (name: EngineName, url: string): Promise<SearchEngine> => openers[name](url);
