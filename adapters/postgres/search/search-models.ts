import type { Embedder } from '#ports/embedder.ts';
import type { Logger } from '#ports/logger.ts';
import type { Reranker } from '#ports/reranker.ts';

/** Models that help the search, each optional, and what their use needs: what leaves for them is redacted. */
export interface SearchModels {
  readonly embedder: Embedder | null;
  readonly reranker: Reranker | null;
  readonly redact: (text: string) => string;
  readonly logger: Logger;
}
