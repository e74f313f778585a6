import type { WorkspaceId } from '#domain/ids.ts';

/** What a secret is for, as `SERVICE/KIND`. */
export type SecretName = `${string}/${string}`;

/** The bot token that a workspace gave when it installed the app. */
export const slackBotToken = 'slack/bot-token' satisfies SecretName;

export interface SecretVersion {
  readonly name: SecretName;
  /** 1 is the first; the highest is in force. */
  readonly version: number;
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
  /** Forgets every version of a name; false when there was none. */
  remove(workspace: WorkspaceId, name: SecretName, change?: SecretChange): Promise<boolean>;
}
