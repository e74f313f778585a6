/** The prompts that there are, each a file of its name. */
export type PromptName = 'alert-noise' | 'better-runbook' | 'case-draft';

/** A prompt as it is kept. */
export interface Prompt {
  readonly name: PromptName;
  readonly version: number;
  /** What it must be given, in the order in which a model reads it. */
  readonly inputs: readonly string[];
  readonly system: string;
}

export interface Prompts {
  get(name: PromptName): Prompt;
}
