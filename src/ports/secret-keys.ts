import type { WorkspaceId } from '#domain/ids.ts';
import type { SecretChange } from './secret-store.ts';

/** What became of versions that were under another key than the one in use. */
export interface Rewrapped {
  readonly rewrapped: number;
  /** Still under another key, because they came or changed meanwhile; must reach zero before a key is given up. */
  readonly remaining: number;
}

/** The key that opens all secrets, and its replacement. Throws as `SecretStore` does. */
export interface SecretKeys {
  /** Versions of the workspace that are under another key than the one in use. */
  behind(workspace: WorkspaceId): Promise<number>;
  /** Whether Recourse keeps the key in a file of its own, or the operator gives it. */
  readonly keptBy: 'recourse' | 'operator';
  /** Puts a new key in the place of one that Recourse keeps itself, and keeps that one to read with. */
  replace(): Promise<void>;
  /**
   * Puts the workspace's versions under the key in use, some at a time. Each is readable all the while; what was done
   * stays done when it is interrupted.
   */
  rewrap(workspace: WorkspaceId, change?: SecretChange): Promise<Rewrapped>;
  /** Deletes keys of before that Recourse kept itself. Only when nothing is behind in any workspace. */
  forgetOlder(): Promise<void>;
}
