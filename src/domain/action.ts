/**
 * What a button or a form stands for. On the wire it is `verb:id` with an opaque row id, never a command:
 * whoever forges one can only name a row, and the row decides what happens.
 */
export const actionVerbs = [
  'use', // a recommendation: start it
  'dismiss', // a recommendation: not this one
  'parameters', // a recommendation: the form with its parameters
  'approve', // a step
  'approve-checks', // a step and the hash of those that its card lists
  'reject', // a step
  'skip', // a step
  'stop', // a run
  'rollback', // a run: propose the steps that undo it
  'let-go', // a step: begin changes on its hosts although one that was lost sight of may be at work there
  'preview', // a run: everything that it would do, for this person alone
  'retry', // a step that ended unknown or failed: propose it again
  'closest', // an incident: show what is most alike although nothing is good enough
  'others', // an incident: show what comes next although an answer was given
  'worked', // a recommendation, or the post of an answer: 👍
  'partly', // the same: 🤔
  'failed', // the same: 👎
  'comment', // the same: say in words how it went
  'more', // a recommendation: all of the solution, for this person alone
  'run', // a solution, asked for by name: the form with its parameters
  'edit', // a step that waits: the form with the run's parameters
  'save-case', // a thread, by its root message: keep what was done as a case
  'review', // a version in review: show what a decision is about
  'approve-version', // a version in review: the form that puts it into force
  'reject-version', // a version in review: the form that says why not
  'noise', // an incident of alerts: nothing to act on
  'real', // an incident of alerts: something to act on
  'snooze', // an incident of alerts: keep it quiet for a while
  'take', // an incident of alerts: say that one looks at it, so that nobody else is called
  'ticket', // an incident of alerts: ask something of the system that they came from
  'make-runbook', // a version: the form that makes a runbook of a case, or the next version of a runbook
  'no-runbook', // a version of a case: suggest no runbook of it
  'revive', // a version that has stopped working: the form that puts it back
  'retire', // the same, or one that nobody has used for long: the form that takes it out of force for good
  'keep', // a version in force that nobody has used for long: it is still needed
  'restore-version', // a former version: propose it as the next one
  'approve-draft', // the card of a drafted case: keep it as it stands
  'discard-draft', // the same: there is nothing to keep
  'insights', // a number of days, 1 to 365: post the insights of the last ones with their chart
  'merge-case', // a version of a case and, behind a slash, one of the case that it is to be merged into
  'unmerge-case', // a version of a case that was merged into another: put it back into force
  'discard-case', // a version of a case: saved by mistake, take it out of force
] as const;
export type ActionVerb = (typeof actionVerbs)[number];

/**
 * Buttons that are answered at once, with a form or with something for this person alone. A platform that cannot open a
 * form after it acknowledged a press must not acknowledge these before the answer is there.
 */
export const openingVerbs = [
  'use',
  'run',
  'edit',
  'comment',
  'save-case',
  'make-runbook',
  'snooze',
  'ticket',
  'more',
  'preview',
  'review',
  'approve-version',
  'reject-version',
  'revive',
  'retire',
] as const satisfies readonly ActionVerb[];
export type OpeningVerb = (typeof openingVerbs)[number];

/** Buttons that save a case, for which it counts whether a channel is private. */
export const savingVerbs = ['save-case', 'approve-draft'] as const satisfies readonly ActionVerb[];

/** Buttons that say yes to what stands beside them. */
export const approvingVerbs = [
  'approve',
  'approve-checks',
  'approve-version',
] as const satisfies readonly ActionVerb[];

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

export function isOpening(verb: ActionVerb): verb is OpeningVerb {
  return openingVerbs.some((opening) => opening === verb);
}

/** The button that opens a form anew, from the action that the form carries. */
export function openingOf({ verb, id }: Action): Action {
  switch (verb) {
    case 'parameters':
      return { verb: 'use', id };
    case 'run':
      // Behind the solution stands the id of the run to be, and a form opened anew is for another one.
      return { verb, id: id.split('/')[0] ?? id };
    default:
      return { verb, id };
  }
}
