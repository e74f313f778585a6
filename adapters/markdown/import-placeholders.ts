import { type ShellContext, shellContexts } from '#domain/runbook/shell-contexts.ts';

/** A command whose placeholders have become `{{parameters}}`, and their names. */
export interface ImportedCommand {
  readonly command: string;
  readonly names: readonly string[];
}

/** Variables that a login or the shell itself sets. */
const wellKnown = new Set(
  `HOME PATH USER PWD OLDPWD SHELL HOSTNAME LANG TERM EDITOR PAGER RANDOM UID EUID PPID IFS SECONDS LINENO TMPDIR
   LOGNAME MAIL DISPLAY KUBECONFIG REPLY PIPESTATUS BASH_SOURCE FUNCNAME LC_ALL DEBIAN_FRONTEND`.split(/\s+/),
);

const placeholder = /<([A-Za-z][\w .-]{0,40})>|\$\{([A-Z][A-Z0-9_]{2,})\}|\$([A-Z][A-Z0-9_]{2,})\b/g;

/**
 * Turns `<placeholder>`, `$PLACEHOLDER` and `${PLACEHOLDER}` of a hand-written runbook into parameters. One that
 * stands inside quotes closes them before and opens them again behind, which shells read as one word.
 * Variables in `assigned` and those that every shell has are left alone.
 */
export function importPlaceholders(command: string, assigned: ReadonlySet<string>): ImportedCommand {
  const contexts = shellContexts(command);
  const names = new Set<string>();
  let imported = '';
  let at = 0;
  for (const match of command.matchAll(placeholder)) {
    const [all, angle, braced, plain] = match;
    const variable = braced ?? plain;
    const quote = quoteAt(contexts[match.index], variable !== undefined);
    if (quote === null || isVariable(variable, assigned)) continue;
    const name = parameterName(angle ?? variable ?? '');
    const place = placeOf(command, match.index, match.index + all.length, quote);
    imported += `${command.slice(at, place.start)}${place.quote}{{${name}}}${place.quote}`;
    at = place.end;
    names.add(name);
  }
  return { command: imported + command.slice(at), names: [...names] };
}

function isVariable(name: string | undefined, assigned: ReadonlySet<string>): boolean {
  return name !== undefined && (wellKnown.has(name) || assigned.has(name));
}

/** The text to replace: with the quotes around it when the placeholder is all that they hold. */
function placeOf(command: string, start: number, end: number, quote: string) {
  const isWhole = quote !== '' && command[start - 1] === quote && command[end] === quote;
  return isWhole ? { start: start - 1, end: end + 1, quote: '' } : { start, end, quote };
}

/** The quotes around a place; null where a placeholder is only text or cannot be filled in. */
function quoteAt(context: ShellContext | undefined, isVariable: boolean): string | null {
  if (context === 'bare') return '';
  if (context === 'double') return '"';
  return context === 'single' && !isVariable ? "'" : null;
}

/** `<Pod Name>` → `pod_name`. The name `host` is that of the machine on which steps run. */
function parameterName(written: string): string {
  const name = written
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '');
  return name === 'host' ? 'host_name' : name;
}

/** The variables that a command gives a value itself. */
export function assignedVariables(command: string): readonly string[] {
  return Array.from(
    command.matchAll(
      /(?:^|[\s;&|({])(?:(?:export|local|readonly|declare)\s+)?([A-Z][A-Z0-9_]*)\+?=|\b(?:for|read(?:\s+-\w+)*)\s+([A-Z][A-Z0-9_]*)\b/g,
    ),
    (match) => match[1] ?? match[2] ?? '',
  );
}
