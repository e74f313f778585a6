import { eq, type SQL, sql } from 'drizzle-orm';
import type { SolutionId } from '#domain/ids.ts';
import type { Shown, VisibilityStore } from '#ports/stores/visibility-store.ts';
import { readRows } from '../read-rows.ts';
import { solutions } from '../schema/knowledge.ts';
import type { StoreScope } from '../unit-of-work.ts';

export function createVisibilityStore(scope: StoreScope): VisibilityStore {
  const { executor } = scope;
  return {
    of: (slug) => readShown(scope, slug),
    set: async (id, { visibility, channel, team }) => {
      await executor.update(solutions).set({ visibility, channel, team }).where(eq(solutions.id, id));
    },
    hiddenIn: async (channel) =>
      (await readRows<{ id: SolutionId }>(executor, hiddenIn(channel))).map(({ id }) => id),
    isHidden: async (slug, channel) =>
      (await readRows(executor, sql`${hiddenIn(channel)} and s.slug = ${slug}`)).length > 0,
  };
}

async function readShown({ executor }: StoreScope, slug: string): Promise<Shown | undefined> {
  const [found] = await readRows<Shown>(
    executor,
    sql`
      select s.id, s.kind, s.visibility, s.channel, s.team,
        (select v.author from solution_versions v where v.solution_id = s.id order by v.version limit 1) as author
      from solutions s where s.slug = ${slug}`,
  );
  return found;
}

/**
 * The few that are not for everybody are found by equality, which an index may answer under row-level security. Exported
 * for the test that explains it.
 */
export const hiddenIn = (channel: string): SQL => sql`
  select s.id from solutions s
  where s.visibility in ('channel', 'team') and s.channel is distinct from ${channel}
    and not (s.visibility = 'team' and coalesce(s.team =
      (select c.team from channel_settings c where c.channel = ${channel}), false))`;
