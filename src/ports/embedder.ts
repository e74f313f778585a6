/** Turns texts into vectors. `model` and `dimensions` tell whether stored vectors are still comparable. */
export interface Embedder {
  readonly model: string;
  readonly dimensions: number;
  /** One unit-length vector a text, same order. Throws a Fault when the endpoint is away or refuses. */
  embed(texts: readonly string[], signal: AbortSignal): Promise<readonly (readonly number[])[]>;
}
