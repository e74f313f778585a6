import type { FoldReport } from '#application/fold-signals.ts';
import type { RankedAnswer } from '#application/rank-solutions.ts';
import type { HostEntry } from '#domain/host.ts';
import type { CommandParser } from '#ports/command-parser.ts';
import type { Problem, RunbookParser } from '#ports/runbook-parser.ts';

/** The terminal of whoever typed the command, here or at the other end of the command socket. */
export interface CommandIo {
  out(text: string): void;
  err(text: string): void;
  /** All of the standard input. */
  stdin(): Promise<string>;
  /** Relative paths are meant from here. */
  readonly cwd: string;
}

/** One thing that `doctor` looked at. `advice` says what to do; null when there is nothing to do. */
export interface Finding {
  readonly name: string;
  readonly status: 'ok' | 'warning' | 'failed';
  readonly message: string;
  readonly advice: string | null;
}

export interface ScannedHostKey {
  readonly hostKey: string;
  /** `SHA256:…`, as `ssh-keygen -l` prints it. */
  readonly fingerprint: string;
  /** The key that is pinned now. */
  readonly pinned: string | null;
}

export interface IngestReport {
  readonly added: number;
  readonly changed: number;
  readonly unchanged: number;
  /** Files that were left out. */
  readonly problems: readonly (Problem & { readonly file: string })[];
}

/** What commands need of the running application, where the database is. Every call may throw a Fault. */
export interface CommandContext {
  /** Folds every workspace now; `busy` where another fold is at it. */
  foldNow(): Promise<readonly { readonly workspace: string; readonly result: FoldReport | 'busy' }[]>;
  /** The ranked answer, as the chat would give it; nothing is stored. */
  ask(question: string): Promise<RankedAnswer>;
  diagnose(): Promise<readonly Finding[]>;
  /** The whole embedded database, as a compressed archive. */
  backup(): Promise<Blob>;
  hosts(): Promise<readonly HostEntry[]>;
  scanHostKey(name: string): Promise<ScannedHostKey>;
  /** Writes the key into the inventory file and makes it count at once. */
  pinHostKey(name: string, hostKey: string): Promise<void>;
  /** Each workspace with the number of the first entry that does not fit its chain. */
  verifyAudit(): Promise<readonly { readonly workspace: string; readonly firstBroken: number | undefined }[]>;
  /** Loads the runbooks of files and folders, given as absolute paths. */
  ingest(paths: readonly string[]): Promise<IngestReport>;
}

/** What commands need that no database is behind; loaded when a command asks for it. */
export interface CommandTools {
  commandParser(): Promise<CommandParser>;
  runbookParser(): Promise<RunbookParser>;
  redactor(): (text: string) => string;
}

/** What only the process in the operator's shell can do. */
export interface ShellCommands {
  /** Runs the server until it is asked to stop. */
  start(): Promise<number>;
  /** Makes the embedded database the one in the archive; `force` sets an existing one aside. */
  restore(archive: Blob, force: boolean): Promise<{ readonly setAside: string | null }>;
}

/** Everything a command may use. The same commands run in the shell's process and in the server. */
export interface CommandParts {
  readonly io: CommandIo;
  readonly tools: CommandTools;
  /**
   * Calls `use` with the application, or lets the server that holds it run the whole command: then `use` is not
   * called, and the result is the server's exit code.
   */
  withApplication(use: (context: CommandContext) => Promise<number>): Promise<number>;
  /** Null in the server. */
  readonly shell: ShellCommands | null;
  /** Now, in milliseconds since the epoch. */
  now(): number;
}

/** The exit codes of every command; 78 for a bad configuration comes from the configuration itself. */
export const exitCodes = { done: 0, failed: 1, usage: 2, configuration: 78 } as const;
