/** Turns texts into vectors. Vectors of different models, or of different lengths, do not compare. */
export interface Embedder {
  readonly model: string;
  /**
   * How many numbers a vector of this model has; asks the endpoint once. Throws a Fault: `configuration` when the key
   * or the model is wrong, `unavailable` when the endpoint does not answer.
   */
  dimensions(signal: AbortSignal): Promise<number>;
  /** One unit-length vector a text, same order, all of one length. Throws a Fault as above, or `rejected`. */
  embed(texts: readonly string[], signal: AbortSignal): Promise<readonly (readonly number[])[]>;
}
