/** What a model is asked. `system` is ours; `user` holds foreign text, fenced. */
export interface ModelQuestion {
  readonly system: string;
  readonly user: string;
  /** JSON schema of the answer, for endpoints that can hold a model to one. */
  readonly schema: Readonly<Record<string, unknown>>;
}

/** A chat model without tools. */
export interface ChatModel {
  readonly name: string;
  /**
   * The JSON value that the model answered with. It is read as anything foreign is: nothing in it is believed. Throws a
   * Fault, `unavailable` for what may pass.
   */
  answer(question: ModelQuestion, signal: AbortSignal): Promise<unknown>;
}
