import type { NewVersion } from '#ports/stores/solution-store.ts';

/** A search engine under measurement, the product's or a peer's, empty at first. */
export interface SearchEngine {
  /** Resolves when these can be found. */
  load(versions: readonly NewVersion[]): Promise<void>;
  /** What a server's autovacuum would have done some time after the load; nothing elsewhere. */
  settle(): Promise<void>;
  /** Slugs, best first, at most ten. */
  find(text: string): Promise<readonly string[]>;
  /** Bytes of the index on disk; null where it lives in memory only. */
  diskBytes(): Promise<number | null>;
  close(): Promise<void>;
}

/** What a peer indexes: the same texts as the product, without its knowledge of what they are. */
export interface PlainDocument {
  readonly id: string;
  readonly title: string;
  readonly body: string;
}

export const found = 10;

/** Everything that the product indexes of a solution, as a title and a text. */
export function plainDocument({ slug, content }: NewVersion): PlainDocument {
  if (content.kind === 'case') {
    const { title, symptoms, rootCause, resolution, validation, tags } = content.case;
    return { id: slug, title, body: [symptoms, rootCause, resolution, validation, ...tags].join('\n') };
  }
  const { title, bodyText, steps, tags, alerts } = content.runbook;
  const commands = steps.map(({ command }) => command);
  return { id: slug, title, body: [bodyText, ...commands, ...tags, ...alerts].join('\n') };
}
