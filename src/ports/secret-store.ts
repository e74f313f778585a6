import type { WorkspaceId } from '#domain/ids.ts';

/** What a secret is for, as `SERVICE/KIND` or any other name that `isSecretName` takes. */
export type SecretName = string;

/** The bot token that a workspace gave when it installed the app. */
export const slackBotToken: SecretName = 'slack/bot-token';

export interface SecretVersion {
  readonly name: SecretName;
  /** 1 is the first; the highest is in force. */
  readonly version: number;
  /** When it was stored, in milliseconds since the epoch by the database's clock. */
  readonly createdAt: number;
}

/** Why a secret is stored or forgotten, for the audit: by whom, and what for where that is not plain. */
export interface SecretChange {
  readonly actor: string;
  readonly why?: string;
}

/**
 * Secrets of workspaces, readable only with the installation's key. Every value that passes through is known to the
 * redactor from then on. Throws a Fault of kind `configuration` when the key is missing or another one, and `rejected`
 * when what is stored was changed or moved.
 */
export interface SecretStore {
  /** Keeps a value as the newest version of its name and returns the number of that version. */
  put(workspace: WorkspaceId, name: SecretName, value: string, change?: SecretChange): Promise<number>;
  /** The newest version; undefined when there is none. */
  get(workspace: WorkspaceId, name: SecretName): Promise<string | undefined>;
  /** What there is, oldest version first, without values. */
  list(workspace: WorkspaceId): Promise<readonly SecretVersion[]>;
  /**
   * Keeps the newest value under a fresh key of its own, as the next version, and forgets the versions before; its
   * number, or undefined when there is no such secret.
   */
  renew(workspace: WorkspaceId, name: SecretName, change?: SecretChange): Promise<number | undefined>;
  /** Forgets every version of a name; false when there was none. */
  remove(workspace: WorkspaceId, name: SecretName, change?: SecretChange): Promise<boolean>;
}
