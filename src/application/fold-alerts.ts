import type { AlertEvent } from '#domain/alert/alert-event.ts';
import { type Joined, joinAlerts, rangesOf } from '#domain/alert/join-alerts.ts';
import { Fault } from '#domain/fault.ts';
import type { AlertIncidentId, WorkspaceId } from '#domain/ids.ts';
import { clipText } from '#domain/shortening/clip-text.ts';
import type { Transaction } from '#ports/unit-of-work.ts';
import type { Core } from './core.ts';
import { followEscalations } from './follow-escalations.ts';
import { keptPayload } from './receive-alerts.ts';
import { showAlerts } from './show-alerts.ts';

type Needs = Pick<Core, 'unitOfWork' | 'ids' | 'settings' | 'postsWaiting' | 'clock' | 'tickets' | 'logger'>;

/** Events of one channel in one transaction; the embedded database blocks the process meanwhile. */
const batch = 100;

/**
 * Puts what came in into incidents, oldest first, and shows it; tells whether there was anything. An alert of which the
 * database cannot keep something would stop all others: it is set aside for `doctor`.
 */
export function createFoldAlerts(needs: Needs): (workspace: WorkspaceId) => Promise<boolean> {
  const { unitOfWork, postsWaiting } = needs;
  const foldUpTo = async (workspace: WorkspaceId, most: number): Promise<number> => {
    try {
      return await unitOfWork.within(workspace, (transaction) =>
        foldSome(needs, transaction, workspace, most),
      );
    } catch (error) {
      if (!(error instanceof Fault) || error.code !== 'database-value') throw error;
      return most > 1 ? foldUpTo(workspace, Math.ceil(most / 4)) : setAside(needs, workspace, error);
    }
  };
  return async (workspace) => {
    const count = await foldUpTo(workspace, batch);
    if (count > 0) postsWaiting();
    return count > 0;
  };
}

async function foldSome(
  needs: Needs,
  transaction: Transaction,
  workspace: WorkspaceId,
  most: number,
): Promise<number> {
  const events = await transaction.alerts.take(most);
  const [first] = events;
  if (first) await foldChannel(needs, transaction, { workspace, channel: first.channel, events });
  return events.length;
}

/** It is kept as a payload that did not fit. */
function setAside(
  { unitOfWork, logger }: Needs,
  workspace: WorkspaceId,
  { message }: Fault,
): Promise<number> {
  return unitOfWork.within(workspace, async ({ alerts }) => {
    const [event] = await alerts.take(1);
    if (!event) return 0;
    const { key, alert } = event;
    logger.error({ message, key }, 'an alert could not be put into an incident and is set aside');
    const payload = clipText(JSON.stringify(alert), keptPayload);
    const why = 'could not be put into an incident';
    await alerts.refuse({ sender: alert.source, field: '', message: why, payload });
    return 1;
  });
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
