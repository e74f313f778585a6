import type { Statement, Word } from './command-tree.ts';
import { literalOf } from './word.ts';

/**
 * The exact text that a statement prints, for `echo 'text' | program`; null when it is anything but an echo,
 * printf or cat of fixed text. Text with a backslash or a percent sign is null, as shells print it differently.
 */
export function textPrintedBy(statement: Statement): string | null {
  if (statement.kind !== 'command') return null;
  const [program, ...args] = statement.words.map(literalOf);
  if (program === 'cat' && args.length === 0) return textOfHereDocument(statement.redirections);
  if (statement.redirections.length > 0) return null;
  if (program === 'printf') return args.length === 1 ? plain(args) : null;
  return program === 'echo' ? plain(args[0] === '-n' ? args.slice(1) : args) : null;
}

function plain(texts: readonly (string | null)[]): string | null {
  const isPlain = texts.every((text) => text !== null && !/^-|[\\%]/.test(text));
  return isPlain ? texts.join(' ') : null;
}

type Redirections = Extract<Statement, { kind: 'command' }>['redirections'];

function textOfHereDocument(redirections: Redirections): string | null {
  const [only, ...more] = redirections;
  const body: Word | null = only?.kind === 'text' && more.length === 0 ? only.body : null;
  return body && literalOf(body);
}
