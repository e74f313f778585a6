import type { DecidedReview } from '#application/decide-review.ts';
import type { DraftedRunbook } from '#application/draft-runbook.ts';
import type { PolicyCase, PolicyExplanation } from '#application/explain-policy.ts';
import type { KnowledgeFile } from '#application/export-knowledge.ts';
import type { Duplicate } from '#application/find-duplicates.ts';
import type { WholeFold } from '#application/fold-signals.ts';
import type { ImportReport, SourceFile } from '#application/import-knowledge.ts';
import type { MergedCases } from '#application/merge-cases.ts';
import type { RankedAnswer } from '#application/rank-solutions.ts';
import type { UnmergedCase } from '#application/unmerge-case.ts';
import type { VerifiedChain } from '#application/verify-audit.ts';
import type { RoutedPayload } from '#domain/alert/routed-payload.ts';
import type { AuditHead } from '#domain/audit/audit-entry.ts';
import type { HostEntry } from '#domain/host.ts';
import type { Insights } from '#domain/insights/insights.ts';
import type { Redactor } from '#domain/redaction/redact.ts';
import type { ReviewDecision, WaitingReview } from '#domain/review/review.ts';
import type { ReviewView } from '#domain/wording/review-card.ts';
import type { CommandParser } from '#ports/command-parser.ts';
import type { Problem, RunbookParser } from '#ports/runbook-parser.ts';
import type { Rewrapped } from '#ports/secret-keys.ts';
import type { DeprecatedSolution, UnusedSolution } from '#ports/stores/solution-store.ts';

/** The terminal of whoever typed the command, here or at the other end of the command socket. */
export interface CommandIo {
  out(text: string): void;
  err(text: string): void;
  /** All of the standard input. */
  stdin(): Promise<string>;
  /** What is typed after `prompt` without being shown, where the standard input is a terminal; else all of it. */
  secret(prompt: string): Promise<string>;
  /** Resolves when what was written has gone out, so that whoever writes much waits for whoever reads it. */
  flushed(): Promise<void>;
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
  /** What was loaded all the same. */
  readonly warnings: readonly (Problem & { readonly file: string })[];
  /** Files that were left out. */
  readonly problems: readonly (Problem & { readonly file: string })[];
}

/** Which audit logs are looked at: the one of this id or name, or without one all. */
export interface VerifyRequest {
  readonly workspace: string | null;
  /** A file of anchors to compare with, as an absolute path; null for the one of the settings, if any. */
  readonly anchor: string | null;
  /** Heads that somebody kept, as posted; only together with a workspace. */
  readonly expect: readonly AuditHead[];
}

export interface NamedChain {
  /** `NAME (ID)`. */
  readonly workspace: string;
  readonly chain: VerifiedChain;
  /** Heads from outside that it was compared with. */
  readonly anchors: number;
}

export interface ExportRequest {
  readonly workspace: string | null;
  /** Only entries from then on, in milliseconds since the epoch. */
  readonly since: number | null;
}

/** A secret as it is listed, without its value. */
export interface ListedSecret {
  readonly workspace: string;
  readonly name: string;
  /** The newest version, and how many are kept. */
  readonly version: number;
  readonly kept: number;
  /** When the newest version was stored, in milliseconds since the epoch. */
  readonly storedAt: number;
}

/** What became of the secrets of all workspaces. */
export interface RotatedKey extends Rewrapped {
  /** `made`: a new key was put in the place of the one before; `continued`: an earlier rotation went on. */
  readonly key: 'made' | 'given' | 'continued';
}

export interface SecretCommands {
  /** Keeps the value as the newest version, and tells the number of that. */
  set(workspace: string | null, name: string, value: string): Promise<number>;
  list(workspace: string | null): Promise<readonly ListedSecret[]>;
  /** Forgets every version of a secret; false when there is none of this name. */
  remove(workspace: string | null, name: string): Promise<boolean>;
  /** Puts one secret, or all, under fresh keys of their own; the names with the numbers of their new versions. */
  renew(
    workspace: string | null,
    name: string | null,
  ): Promise<readonly Pick<ListedSecret, 'workspace' | 'name' | 'version'>[]>;
  /** Puts all secrets of all workspaces under a new key-encryption key. */
  rotateKey(): Promise<RotatedKey>;
}

/** All knowledge as files. Without a workspace the only one is meant. */
export interface KnowledgeCommands {
  export(workspace: string | null): AsyncIterable<KnowledgeFile>;
  import(
    workspace: string | null,
    sources: readonly SourceFile[],
    options: { readonly dryRun: boolean },
  ): Promise<ImportReport>;
  /** Of a file what is the solution's own; null where nothing says that it is a file of exported knowledge. */
  textOf(source: string): string | null;
}

/** Versions that wait for a decision; without a workspace the oldest one is meant. `named` is as for `findReview`. */
export interface ReviewCommands {
  /** The runbook that the case of this name makes; undefined when there is none. Nothing is stored. */
  draft(workspace: string | null, name: string): Promise<DraftedRunbook | undefined>;
  propose(workspace: string | null, drafted: DraftedRunbook): Promise<{ readonly slug: string }>;
  list(workspace: string | null): Promise<readonly WaitingReview[]>;
  show(workspace: string | null, named: string): Promise<ReviewView | 'ambiguous' | undefined>;
  decide(
    workspace: string | null,
    named: string,
    decision: Pick<ReviewDecision, 'decision' | 'notes'>,
  ): Promise<DecidedReview | 'ambiguous' | undefined>;
}

/** Cases that tell the same; without a workspace the oldest one is meant. Whoever has the shell is asked for no role. */
export interface CaseCommands {
  duplicates(workspace: string | null): Promise<readonly Duplicate[]>;
  merge(workspace: string | null, from: string, into: string): Promise<MergedCases>;
  unmerge(workspace: string | null, name: string): Promise<UnmergedCase>;
}

/** What commands need of the running application, where the database is. Every call may throw a Fault. */
export interface CommandContext {
  /** Folds every workspace now; `busy` where another fold is at it. */
  foldNow(): Promise<readonly { readonly workspace: string; readonly result: WholeFold | 'busy' }[]>;
  /** The ranked answer, as the chat would give it; nothing is stored. */
  ask(question: string): Promise<RankedAnswer>;
  diagnose(): Promise<readonly Finding[]>;
  /** The whole embedded database, as a compressed archive. */
  backup(): Promise<Blob>;
  hosts(): Promise<readonly HostEntry[]>;
  scanHostKey(name: string): Promise<ScannedHostKey>;
  /** Writes the key into the inventory file and makes it count at once. */
  pinHostKey(name: string, hostKey: string): Promise<void>;
  /** What the policy says of a command; `workspace` is an id of the platform, null for the oldest one. */
  explainPolicy(asked: PolicyCase, workspace: string | null): Promise<PolicyExplanation>;
  /** Recomputes the chains of the audit log and compares them with what was put down outside the database. */
  verifyAudit(request: VerifyRequest): Promise<readonly NamedChain[]>;
  /** The audit log as lines for other programs, some at a time, each with its line end. */
  exportAudit(request: ExportRequest): AsyncIterable<string>;
  /** Stored secrets; without a workspace the only one is meant, and `list` shows all. */
  readonly secrets: SecretCommands;
  readonly knowledge: KnowledgeCommands;
  readonly reviews: ReviewCommands;
  readonly cases: CaseCommands;
  /** What the last days tell, of all channels and solutions; without a workspace the oldest one is meant. */
  insights(
    workspace: string | null,
    days: number,
  ): Promise<{ readonly workspace: string; readonly insights: Insights }>;
  /** Solutions that have stopped working, the last first; without a workspace the oldest one is meant. */
  deprecated(workspace: string | null): Promise<readonly DeprecatedSolution[]>;
  /** Puts one back into force; false when none of that name is deprecated. */
  revive(workspace: string | null, slug: string): Promise<boolean>;
  /** What is in force and nobody has used for long, the longest unused first. */
  unused(workspace: string | null): Promise<readonly UnusedSolution[]>;
  /** Says of one that it is still needed; false when none of that name waits. */
  keep(workspace: string | null, slug: string): Promise<boolean>;
  /** Takes one out of force for good; false when none of that name is deprecated or unused for long. */
  retire(workspace: string | null, slug: string, notes: string): Promise<boolean>;
  /** Loads the runbooks of files and folders, given as absolute paths. */
  ingest(paths: readonly string[]): Promise<IngestReport>;
}

/** `sender` is the end of a webhook's address; null for the one that the payload looks like. */
export type AlertRouter =
  | { readonly kind: 'router'; route(payload: unknown, sender: string | null): RoutedPayload }
  | { readonly kind: 'invalid'; readonly problems: readonly Problem[] };

/** What commands need that no database is behind; loaded when a command asks for it. */
export interface CommandTools {
  commandParser(): Promise<CommandParser>;
  runbookParser(): Promise<RunbookParser>;
  redactor(): Promise<Redactor>;
  /** What is wrong with the text of a policy file, in the order of the lines. */
  policyProblems(source: string): Promise<readonly Problem[]>;
  /** Reads the text of an alerts file into what says where the alerts of a payload go. */
  alertRouter(source: string): Promise<AlertRouter>;
}

/** What only the process in the operator's shell can do. */
export interface ShellCommands {
  /** Runs the server until it is asked to stop. */
  start(): Promise<number>;
  /** The standard input as it comes, for commands that need not hold all of it. */
  input(): AsyncIterable<string>;
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
