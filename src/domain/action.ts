/**
 * What a button or a form stands for. On the wire it is `verb:id` with an opaque row id, never a command:
 * whoever forges one can only name a row, and the row decides what happens.
 */
export const actionVerbs = [
  'use', // a recommendation: start it
  'dismiss', // a recommendation: not this one
  'parameters', // a recommendation: the form with its parameters
  'approve', // a step
  'reject', // a step
  'skip', // a step
  'stop', // a run
  'retry', // a step that ended unknown or failed: propose it again
  'closest', // an incident: show what is most alike although nothing is good enough
  'others', // an incident: show what comes next although an answer was given
  'worked', // a recommendation: 👍
  'partly', // a recommendation: 🤔
  'failed', // a recommendation: 👎
  'comment', // a recommendation: say in words how it went
  'more', // a recommendation: all of the solution, for this person alone
  'run', // a solution, asked for by name: the form with its parameters
  'edit', // a step that waits: the form with the run's parameters
  'save-case', // a thread, by its root message: keep what was done as a case
  'discard-case', // a version of a case: saved by mistake, take it out of force
] as const;
export type ActionVerb = (typeof actionVerbs)[number];

export interface Action {
  readonly verb: ActionVerb;
  readonly id: string;
}

export function writeAction(action: Action): string {
  return `${action.verb}:${action.id}`;
}

/** Reads what `writeAction` wrote; undefined for anything else. */
export function readAction(text: string): Action | undefined {
  const colon = text.indexOf(':');
  const verb = actionVerbs.find((known) => known === text.slice(0, colon));
  return verb === undefined ? undefined : { verb, id: text.slice(colon + 1) };
}
