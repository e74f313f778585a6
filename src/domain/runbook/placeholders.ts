import { type ShellContext, shellContexts } from './shell-contexts.ts';

/** A `{{name}}` in a command. */
export interface Placeholder {
  readonly name: string;
  readonly start: number;
  readonly end: number;
  /** How the shell reads that place; only `bare` can take a value. */
  readonly context: ShellContext;
}

/** Words of Go templates (`docker ps --format`, `kubectl -o go-template`), which use the same braces. */
const templateWords = new Set(['end', 'else', 'break', 'continue', 'nil', 'true', 'false']);

/** All placeholders of a command, in order. `{{.Name}}` and other template code are no placeholders. */
export function findPlaceholders(template: string): readonly Placeholder[] {
  const contexts = shellContexts(template);
  return Array.from(template.matchAll(/\{\{[ \t]*([A-Za-z_]\w*)[ \t]*\}\}/g))
    .map((match) => {
      const start = match.index;
      const end = start + match[0].length;
      const strange = contexts.slice(start, end).find((context) => context !== 'bare');
      return { name: match[1] ?? '', start, end, context: strange ?? ('bare' as const) };
    })
    .filter(({ name, context }) => context === 'bare' || !templateWords.has(name));
}

/** Why a placeholder cannot stand where it stands; null when it can. */
export function misplacement({ context }: Placeholder): string | null {
  switch (context) {
    case 'bare':
      return null;
    case 'single':
    case 'double':
    case 'ansi':
      return 'stands inside quotes; a value is always one whole word, so close the quotes before it';
    case 'escaped':
      return 'stands behind a backslash';
    case 'comment':
      return 'stands in a comment';
    case 'heredoc':
      return 'stands in a here-document, where a value cannot be quoted; pass it as an argument';
    case 'backquote':
      return 'stands inside backquotes; use $( … )';
    case 'arithmetic':
    case 'expansion':
      return 'stands inside an arithmetic or variable expansion, where a value would be evaluated';
    case 'unknown':
      return 'stands in a command that is too intricate to fill in safely';
    default:
      return context satisfies never;
  }
}
