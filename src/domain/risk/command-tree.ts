/**
 * A shell text as the risk rules see it. The tree keeps what decides harm (which programs run, with which
 * words, what is redirected where, which commands run inside words) and drops the rest: `a && b`, `( a )`,
 * loops and conditions are all a group, because every part of them may run.
 *
 * A parser port makes it. Whatever the parser does not understand fully must become `unparsable`.
 */
export type CommandTree =
  | { readonly kind: 'script'; readonly statements: readonly Statement[] }
  | { readonly kind: 'unparsable'; readonly why: string };

/** One statement; groups nest. */
export type Statement = SimpleCommand | Pipeline | Group | FunctionDefinition;

/** Assignments, words and redirections; without words only the assignments and redirections happen. */
export interface SimpleCommand {
  readonly kind: 'command';
  readonly assignments: readonly Assignment[];
  /** The program first, then its arguments, in the order they are written. */
  readonly words: readonly Word[];
  readonly redirections: readonly Redirection[];
}

/** `a | b | c`: each stage reads what the one before writes. */
interface Pipeline {
  readonly kind: 'pipeline';
  readonly stages: readonly Statement[];
}

/** A list, subshell, block, loop, condition, case or test. */
export interface Group {
  readonly kind: 'group';
  readonly body: readonly Statement[];
  readonly redirections: readonly Redirection[];
  /** Words that are evaluated but never run: values of a `for`, the subject of a `case`, operands of a test. */
  readonly words: readonly Word[];
  /** The variable that a `for` or `select` assigns. */
  readonly variable: string | null;
}

/** `name() { … }`. */
interface FunctionDefinition {
  readonly kind: 'function';
  readonly name: string;
  readonly body: Statement;
}

/** `name=value`, `name+=value`, or an array (then `value` is null and `words` holds its elements). */
export interface Assignment {
  readonly name: string;
  readonly value: Word | null;
  readonly words: readonly Word[];
}

/** Input and output of a command. `descriptor` is null when the operator's default is meant. */
export type Redirection =
  | {
      readonly kind: 'file';
      readonly operator: FileOperator;
      readonly descriptor: string | null;
      readonly target: Word;
    }
  /** A here-document or here-string: the text that the command reads on its standard input. */
  | { readonly kind: 'text'; readonly body: Word };

/** Closed set of redirection operators; descriptor duplication (`2>&1`) keeps its operator. */
export type FileOperator = '<' | '>' | '>>' | '>|' | '&>' | '&>>' | '<&' | '>&' | '<>';

/** One word as written, and its parts in order. */
export interface Word {
  readonly source: string;
  readonly parts: readonly WordPart[];
}

/** A piece of a word; `quoted` pieces are never split into several words. */
export type WordPart =
  | { readonly kind: 'literal'; readonly text: string; readonly quoted: boolean }
  | { readonly kind: 'variable'; readonly name: string; readonly quoted: boolean }
  /** Unquoted wildcards and braces: the shell makes zero or more words of them. */
  | { readonly kind: 'pattern'; readonly text: string }
  /** Known only at run time: substitutions, arithmetic, `${x:-y}`. `body` are the commands that run for it. */
  | { readonly kind: 'computed'; readonly quoted: boolean; readonly body: readonly Statement[] };
