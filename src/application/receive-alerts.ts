import type { Alert } from '#domain/alert/alert.ts';
import { type AlertEvent, keyOfAlert } from '#domain/alert/alert-event.ts';
import { boundAlert } from '#domain/alert/bound-alert.ts';
import { completeAlert, type KnownAlert, mayTellLess } from '#domain/alert/known-alert.ts';
import { withBelievableTimes } from '#domain/alert/with-believable-times.ts';
import { withRouteContext } from '#domain/alert/with-route-context.ts';
import type { Inside } from '#domain/read-inside.ts';
import { clipText } from '#domain/shortening/clip-text.ts';
import { storableText } from '#domain/text/storable-text.ts';
import type { AlertInbound, ReceivedAlerts, RoutedAlert } from '#ports/alert-inbound.ts';
import type { Workspace } from '#ports/workspaces.ts';
import type { Core } from './core.ts';

type Needs = Pick<Core, 'unitOfWork' | 'workspaces' | 'redact' | 'settings' | 'clock'> & {
  /** Wakes the worker that puts alerts into incidents. */
  readonly alertsWaiting: () => void;
};

/** Characters of a payload that did not fit that are kept for whoever looks into it. */
export const keptPayload = 4_000;

/** The door for alerts: what they tell is durable when this resolves, and what was told before changes nothing. */
export function createReceiveAlerts(needs: Needs): AlertInbound {
  const { unitOfWork, workspaces, redact, clock, alertsWaiting } = needs;
  return {
    receive: async (routed) => {
      const all = await workspaces.all();
      const bounded = routed.map(({ alert, route }) => ({
        alert: withBelievableTimes(boundAlert(alert, redact), clock.now()),
        route,
      }));
      const known = await findKnown(needs, all, bounded);
      const placed = bounded.map((one) => placeAlert(one, all, known.get(nameOf(one.alert))));
      let accepted = 0;
      for (const [workspace, alerts] of Map.groupBy(placed, (one) => one?.workspace))
        if (workspace)
          accepted += await unitOfWork.within(workspace.id, (transaction) =>
            transaction.alerts.add(alerts.flatMap((one) => one?.event ?? [])),
          );
      if (accepted > 0) alertsWaiting();
      return countOf(placed, accepted);
    },
    refuse: async ({ sender, field, message, payload }) => {
      const [oldest] = await workspaces.all();
      if (!oldest) return;
      const kept = clipText(redact(storableText(payload)), keptPayload);
      await unitOfWork.within(oldest.id, ({ alerts }) =>
        alerts.refuse({ sender, field, message, payload: kept }),
      );
    },
  };
}

interface KnownPlace {
  readonly workspace: Workspace;
  readonly known: KnownAlert;
}

const nameOf = ({ source, fingerprint }: Alert): string => JSON.stringify([source, fingerprint]);

const minuteMs = 60_000;

/** Where alerts are of which a later signal may tell less than the first: it goes there, wherever it would be led by itself. */
async function findKnown(
  { unitOfWork, settings: { alerts: settings } }: Needs,
  all: readonly Workspace[],
  routed: readonly RoutedAlert[],
): Promise<ReadonlyMap<string, KnownPlace>> {
  const asked = routed.map(({ alert }) => alert).filter(mayTellLess);
  const places = [...settings.leadsTo, ...routed.flatMap(({ route }) => route?.to ?? [])];
  const found = new Map<string, KnownPlace>();
  if (asked.length === 0) return found;
  for (const [workspace, inside] of Map.groupBy(places, (place) => workspaceOf(all, place))) {
    if (!workspace) continue;
    const channels = [...new Set(inside.map(({ id }) => id))];
    const within = settings.join.reopenMinutes * minuteMs;
    const known = await unitOfWork.within(workspace.id, ({ alerts }) =>
      alerts.known(asked, channels, within),
    );
    for (const one of known) found.set(nameOf(one.alert), { workspace, known: one });
  }
  return found;
}

const workspaceOf = (all: readonly Workspace[], to: Inside): Workspace | undefined =>
  all.find(({ platform, externalId }) => platform === to.platform && externalId === to.workspace);

interface PlacedAlert {
  readonly workspace: Workspace;
  readonly event: Omit<AlertEvent, 'receivedAt'>;
}

/** Undefined where no route leads anywhere. The key is of what was told, whatever is known beside it. */
function placeAlert(
  { alert, route }: RoutedAlert,
  all: readonly Workspace[],
  place: KnownPlace | undefined,
): PlacedAlert | undefined {
  const key = keyOfAlert(alert);
  if (place) {
    const { workspace, known } = place;
    const { channel, route: name } = known;
    return { workspace, event: { key, channel, route: name, alert: completeAlert(alert, known.alert) } };
  }
  const workspace = route && workspaceOf(all, route.to);
  if (!workspace) return undefined;
  const { to, name, context } = route;
  const kept = { ...completeAlert(alert, undefined), labels: withRouteContext(alert.labels, context) };
  return { workspace, event: { key, channel: to.id, route: name, alert: kept } };
}

function countOf(placed: readonly (PlacedAlert | undefined)[], accepted: number): ReceivedAlerts {
  const unrouted = placed.filter((one) => one === undefined).length;
  return { accepted, repeated: placed.length - unrouted - accepted, unrouted };
}
