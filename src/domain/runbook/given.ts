/** What a value is: a text, or the name of a secret that is read when the step is about to be sent, and never kept. */
export type GivenValue = { readonly text: string } | { readonly secret: string };

/** A variable of the environment; in a runbook its text may hold `{{parameter}}`s, in a step it is what will be set. */
export type GivenVariable = { readonly name: string } & GivenValue;

/** A secret that the command reads by itself: from its standard input (0) or another file descriptor (3 to 9). */
export interface GivenInput {
  readonly descriptor: number;
  readonly secret: string;
}

/** All that a step gets beside its command; nothing else of Recourse's environment goes with it. */
export interface Given {
  /** In the order of their names. */
  readonly environment: readonly GivenVariable[];
  readonly input: GivenInput | null;
}

export const nothingGiven: Given = { environment: [], input: null };

/** The secrets that steps may be given begin with this; what opens hosts, and what Recourse itself uses, never does. */
export const stepSecretPrefix = 'runbooks/';

/** The names of the secrets among what is given, each once. */
export function secretsIn({ environment, input }: Given): readonly string[] {
  const named = environment.flatMap((variable) => ('secret' in variable ? [variable.secret] : []));
  return [...new Set(input === null ? named : [...named, input.secret])];
}
