import { customType, uuid } from 'drizzle-orm/pg-core';
import type { WorkspaceId } from '#domain/ids.ts';
import { workspaces } from './workspaces.ts';

/** timestamptz, read and written as milliseconds since the epoch. */
export const instant = customType<{ data: number; driverData: string | Date }>({
  dataType: () => 'timestamp with time zone',
  toDriver: (ms) => new Date(ms).toISOString(),
  fromDriver: (value) => new Date(value).getTime(),
});

/** The tenant column that every table but the shared ones carries; row-level security hangs on its name. */
export const workspaceId = () =>
  uuid('workspace_id')
    .$type<WorkspaceId>()
    .notNull()
    .references(() => workspaces.id, { onDelete: 'cascade' });
