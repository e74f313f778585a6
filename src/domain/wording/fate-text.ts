/** What a host knows of a step that was lost sight of. */
export type Fate =
  | { readonly kind: 'running'; readonly group: number }
  | { readonly kind: 'exited'; readonly exitCode: number }
  | { readonly kind: 'never-started' }
  | { readonly kind: 'away'; readonly why: string }
  | { readonly kind: 'unknown'; readonly why: string };

/** What there is to say when nobody asks any more. */
export const noMoreLooks = 'It was asked for a day and is not asked any more. Look at the host.';

/** The same as a sentence for whoever has to choose what happens next. */
export function fateText(fate: Fate): string {
  switch (fate.kind) {
    case 'running':
      return `the host says that it still runs there, as process group ${fate.group}. Its end will be told here. Wait for it before you choose, or press Stop the run to end it there.`;
    case 'exited':
      return `the host says that it ended there with exit code ${fate.exitCode}. Its output is lost.`;
    case 'never-started':
      return 'the host says that it never began there, and it will not any more. It is safe to propose it again.';
    case 'away':
      return `its host could not be asked so far: ${fate.why} It is asked for a day; what it says will be told here.`;
    case 'unknown':
      return `the host cannot tell what became of it: ${fate.why} Look at the host before you choose.`;
  }
}
