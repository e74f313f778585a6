/** Judges how well texts answer a question, by reading both together. */
export interface Reranker {
  /**
   * One score a text, same order; higher is better, and only scores of one call compare. Comes back within the
   * reranker's own budget or throws a Fault: away, too late, refused, or an answer that makes no sense.
   */
  score(question: string, texts: readonly string[]): Promise<readonly number[]>;
}
