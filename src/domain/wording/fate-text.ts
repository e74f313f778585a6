/** What a host knows of a step that was lost sight of. */
export type Fate =
  | { readonly kind: 'running'; readonly group: number; readonly isSure: boolean }
  | { readonly kind: 'exited'; readonly exitCode: number }
  | { readonly kind: 'never-started' }
  | { readonly kind: 'gone' }
  | { readonly kind: 'away'; readonly why: string }
  | { readonly kind: 'unknown'; readonly why: string };

/** What people can still do about the step. */
export interface Open {
  /** Its run goes on, so that it can be stopped. */
  readonly isActive: boolean;
  /** Nobody has chosen yet what happens without it. */
  readonly isUndecided: boolean;
  /** Somebody stopped the run, so that it was to be ended on the host. */
  readonly isUnwanted: boolean;
}

/** What there is to say when nobody asks any more. */
export const noMoreLooks = 'It was asked for a day and is not asked any more. Look at the host.';

/** The same as a sentence for whoever has to choose what happens next, or has chosen. */
export function fateText(fate: Fate, open: Open): string {
  const mayChoose = open.isActive && open.isUndecided;
  switch (fate.kind) {
    case 'running':
      return runningText(fate, open);
    case 'exited':
      return `the host says that it ended there with exit code ${fate.exitCode}. Its output is lost.`;
    case 'never-started':
      return `the host says that it never began there, and it will not any more.${mayChoose ? ' It is safe to propose it again.' : ''}`;
    case 'gone':
      return `the host cannot tell how it ended: its processes are gone, and none of them noted it. Look at the host${mayChoose ? ' before you choose' : ''}.`;
    case 'away':
      return `its host could not be asked so far: ${asSentence(fate.why)} It is asked for a day; what it says will be told here.`;
    case 'unknown':
      return `the host cannot tell what became of it: ${asSentence(fate.why)} Look at the host${mayChoose ? ' before you choose' : ''}.`;
  }
}

const asSentence = (why: string): string => (/[.!?]$/.test(why) ? why : `${why}.`);

function runningText({ group, isSure }: Fate & { readonly kind: 'running' }, open: Open): string {
  const byHand = `kill -s TERM -- -${group}`;
  const wait = open.isActive && open.isUndecided ? ' Wait for it before you choose' : '';
  if (!isSure)
    return `the host says that the process group ${group}, which it had, lives there, but not whether it is still its own, so Recourse does not end it. Look at it on the host: ps -A -o pgid,pid,lstart,args. If it is, ${byHand} ends it there. What the host says later will be told here.`;
  const runs = `the host says that it still runs there, as process group ${group}.`;
  if (open.isUnwanted)
    return `${runs} It was told to end and has not yet; it is told again. On the host, ${byHand} does the same.`;
  const told = `${runs} Its end will be told here.`;
  if (!open.isActive) return `${told} The run is over; to end it there, use ${byHand} on the host.`;
  return wait === ''
    ? `${told} Stop the run ends it there.`
    : `${told}${wait}, or press Stop the run to end it there.`;
}
