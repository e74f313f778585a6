import type { CommandTree } from '#domain/risk/command-tree.ts';

/** Reads shell text. Never throws: what it does not understand fully is `unparsable`, which judges as destructive. */
export interface CommandParser {
  /** The tree of a POSIX shell or bash text; pure, and independent of earlier calls. */
  parse(text: string): CommandTree;
}
