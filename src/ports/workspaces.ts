import type { WorkspaceId } from '#domain/ids.ts';

export interface Workspace {
  readonly id: WorkspaceId;
  readonly platform: 'playground' | 'slack' | 'discord';
  readonly externalId: string;
  readonly name: string;
  /** Null for a workspace that nobody installed: its token is in the settings, or it needs none. */
  readonly installation: Installation | null;
}

/** What its people last did with the app, and when, in milliseconds since the epoch by the database's clock. */
export interface Installation {
  readonly state: 'installed' | 'uninstalled';
  readonly at: number;
}

/** The tenants. Read and made outside of any workspace. */
export interface Workspaces {
  /** The workspace of this team or guild; made when it is new. */
  ensure(platform: Workspace['platform'], externalId: string, name: string): Promise<Workspace>;
  all(): Promise<readonly Workspace[]>;
  /** The app was installed there, again perhaps, or uninstalled. */
  mark(workspace: WorkspaceId, state: Installation['state']): Promise<void>;
}
