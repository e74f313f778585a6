/** What a host knows of a step that was lost sight of. */
export type Fate =
  | { readonly kind: 'running'; readonly group: number }
  | { readonly kind: 'exited'; readonly exitCode: number }
  | { readonly kind: 'never-started' }
  | { readonly kind: 'unknown'; readonly why: string };

/** The same as a sentence for whoever has to choose what happens next. */
export function fateText(fate: Fate): string {
  switch (fate.kind) {
    case 'running':
      return `the host says that it still runs there, as process group ${fate.group}. Wait for its end before you choose.`;
    case 'exited':
      return `the host says that it ended there with exit code ${fate.exitCode}. Its output is lost.`;
    case 'never-started':
      return 'the host says that it never began there, and it will not any more. It is safe to propose it again.';
    case 'unknown':
      return `the host cannot tell what became of it: ${fate.why} Look at the host before you choose.`;
  }
}
