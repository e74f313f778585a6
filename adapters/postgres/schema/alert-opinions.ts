import { sql } from 'drizzle-orm';
import { index, integer, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import type { NoiseOpinion } from '#domain/alert/noise-opinion.ts';
import type { AlertIncidentId } from '#domain/ids.ts';
import { instant, workspaceId } from './columns.ts';

/** What a model makes of an incident; it counts for nothing. */
export const alertOpinions = pgTable(
  'alert_opinions',
  {
    incidentId: uuid('incident_id').$type<AlertIncidentId>().primaryKey(),
    workspaceId: workspaceId(),
    opinion: text().$type<NoiseOpinion['opinion']>().notNull(),
    reason: text().notNull(),
    model: text().notNull(),
    /** How many alerts it was told of. */
    alerts: integer().notNull(),
    at: instant().notNull().default(sql`now()`),
  },
  (table) => [index('alert_opinions_workspace').on(table.workspaceId)],
);
