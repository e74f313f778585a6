import type { WorkspaceId } from '#domain/ids.ts';

export interface Workspace {
  readonly id: WorkspaceId;
  readonly platform: 'playground' | 'slack' | 'discord';
  readonly externalId: string;
  readonly name: string;
}

/** The tenants. Read and made outside of any workspace. */
export interface Workspaces {
  /** The workspace of this team or guild; made when it is new. */
  ensure(platform: Workspace['platform'], externalId: string, name: string): Promise<Workspace>;
  all(): Promise<readonly Workspace[]>;
}
