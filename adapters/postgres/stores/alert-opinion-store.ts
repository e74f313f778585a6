import { sql } from 'drizzle-orm';
import type { AlertOpinionStore, KeptOpinion } from '#ports/stores/alert-opinion-store.ts';
import { readRows } from '../read-rows.ts';
import { first } from '../rows.ts';
import type { StoreScope } from '../unit-of-work.ts';

export function createAlertOpinionStore({ executor, workspace }: StoreScope): AlertOpinionStore {
  return {
    find: async (incident) =>
      first(
        await readRows<KeptOpinion>(
          executor,
          sql`select opinion, reason, model, alerts as of from alert_opinions where incident_id = ${incident}`,
        ),
      ),
    keep: async (incident, { opinion, reason, model, of }) => {
      // In the order in which the folding of alerts writes them, so that neither waits for the other.
      const held = await readRows(
        executor,
        sql`select 1 from alert_states where incident_id = ${incident} order by source, fingerprint for update`,
      );
      if (held.length === 0) return false;
      const kept = await readRows(
        executor,
        sql`insert into alert_opinions (workspace_id, incident_id, opinion, reason, model, alerts)
          values (${workspace}, ${incident}, ${opinion}, ${reason}, ${model}, ${of})
          on conflict (incident_id) do nothing returning 1`,
      );
      return kept.length > 0;
    },
  };
}
