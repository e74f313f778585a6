import type { Runbook } from '#domain/runbook/runbook.ts';

/** Something to mend, with the line (from 1) at which it stands. */
export interface Problem {
  readonly line: number;
  readonly message: string;
}

/** A runbook, with what is odd but understood; or all problems that keep the source from being one. */
export type ParsedRunbook =
  | { readonly kind: 'runbook'; readonly runbook: Runbook; readonly warnings: readonly Problem[] }
  | { readonly kind: 'invalid'; readonly problems: readonly Problem[] };

/** Reads a runbook from its source text. Pure; never throws on any text. */
export interface RunbookParser {
  /** `fileName` tells Markdown from YAML (`.yaml`, `.yml`) and is the title of last resort. */
  parse(source: string, fileName: string): ParsedRunbook;
}
