import type { AlertEvent } from '#domain/alert/alert-event.ts';
import { type Joined, joinAlerts, rangesOf } from '#domain/alert/join-alerts.ts';
import type { AlertIncidentId, WorkspaceId } from '#domain/ids.ts';
import type { Transaction } from '#ports/unit-of-work.ts';
import type { Core } from './core.ts';
import { followEscalations } from './follow-escalations.ts';
import { showAlerts } from './show-alerts.ts';

type Needs = Pick<Core, 'unitOfWork' | 'ids' | 'settings' | 'postsWaiting' | 'clock' | 'tickets'>;

/** Events of one channel in one transaction; the embedded database blocks the process meanwhile. */
const batch = 100;

/** Puts what came in into incidents, oldest first, and shows it; tells whether there was anything. */
export function createFoldAlerts(needs: Needs): (workspace: WorkspaceId) => Promise<boolean> {
  const { unitOfWork, postsWaiting } = needs;
  return async (workspace) => {
    const count = await unitOfWork.within(workspace, async (transaction) => {
      const events = await transaction.alerts.take(batch);
      const [first] = events;
      if (first) await foldChannel(needs, transaction, { workspace, channel: first.channel, events });
      return events.length;
    });
    if (count > 0) postsWaiting();
    return count > 0;
  };
}

interface ChannelEvents {
  readonly workspace: WorkspaceId;
  readonly channel: string;
  readonly events: readonly AlertEvent[];
}

async function foldChannel(
  needs: Needs,
  transaction: Transaction,
  { workspace, channel, events }: ChannelEvents,
): Promise<void> {
  const { alerts } = transaction;
  const { join } = needs.settings.alerts;
  const known = await alerts.marks(
    channel,
    events.flatMap((event) => rangesOf(event, join)),
  );
  const joined = joinAlerts(events, known, () => needs.ids.next<AlertIncidentId>(), join);
  const gone = await alerts.incidents([...joined.merged.keys()]);
  const { marks, merged } = joined;
  const placed = withIncidents(events, joined);
  await alerts.join({ channel, marks, merged, events: placed });
  await showAlerts(needs, transaction, {
    workspace,
    channel,
    touched: [...new Set(joined.incidents)].sort(),
    gone,
    merged,
  });
  await followEscalations(needs, transaction, placed);
}

const withIncidents = (events: readonly AlertEvent[], { incidents }: Joined) =>
  events.flatMap((event, index) => {
    const incident = incidents[index];
    return incident === undefined ? [] : [{ ...event, incident }];
  });
