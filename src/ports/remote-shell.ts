import type { Host } from '#domain/host.ts';

/** Why a host was not entered; nothing was sent. `advice` names what to do, such as the command that pins a key. */
export interface HostRefusal {
  readonly kind: 'refused';
  readonly reason:
    | 'unreachable'
    | 'host-key-unknown'
    | 'host-key-changed'
    | 'login-failed'
    | 'jump-failed'
    | 'handshake-failed'
    | 'cancelled';
  readonly message: string;
  readonly advice: string;
}

/** What a host can do for safe execution; without both, mutating steps are refused. */
export interface HostAbilities {
  readonly setsid: boolean;
  readonly timeout: boolean;
}

export interface RemoteCommand {
  /** Exactly what `/bin/sh -c` gets on the host, whatever the login shell is; standard input is empty. */
  readonly command: string;
  readonly timeoutMs: number;
  /** Exported before the command runs; names are [A-Z_][A-Z0-9_]*. */
  readonly environment: Readonly<Record<string, string>>;
}

/**
 * One stream of output, kept in bounds: at most 128 KB of head and 128 KB of tail, with the count of all bytes that
 * came. Between the two stands one line that says how many are left out. Bytes that are no UTF-8 are U+FFFD.
 */
export interface CapturedStream {
  readonly text: string;
  readonly bytes: number;
  readonly truncated: boolean;
}

/**
 * How a sent command ended. `lost` means the connection broke after it was sent: whether it ran is unknown and
 * it must never be run again by itself. `confirmed` tells whether the process group is known to be gone.
 */
export type RemoteResult = {
  readonly stdout: CapturedStream;
  readonly stderr: CapturedStream;
  readonly durationMs: number;
} & (
  | { readonly kind: 'exited'; readonly exitCode: number }
  | { readonly kind: 'killed'; readonly signal: string }
  | { readonly kind: 'timed-out'; readonly confirmed: boolean }
  | { readonly kind: 'cancelled'; readonly confirmed: boolean }
  | { readonly kind: 'lost'; readonly message: string }
);

export interface RemoteSession {
  readonly abilities: HostAbilities;
  /**
   * Sends one command. `onOutput` gets raw text as it arrives (possibly cut anywhere). Aborting `signal` kills
   * the process group on the host and resolves with `cancelled`. Throws a Fault only when nothing was sent: the
   * connection was gone before, the host opened no channel, or the command cannot be sent at all (NUL).
   */
  run(command: RemoteCommand, onOutput: (text: string) => void, signal: AbortSignal): Promise<RemoteResult>;
  close(): Promise<void>;
}

export interface RemoteShell {
  /**
   * Connects and logs in, through `jumps` in order (outermost first). Unknown or changed host keys are refused.
   * Probes the host for its abilities.
   */
  connect(
    host: Host,
    jumps: readonly Host[],
    signal: AbortSignal,
  ): Promise<{ readonly kind: 'connected'; readonly session: RemoteSession } | HostRefusal>;
}
