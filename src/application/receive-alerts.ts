import type { Alert } from '#domain/alert/alert.ts';
import { keyOfAlert } from '#domain/alert/alert-event.ts';
import type { AlertRoute } from '#domain/alert/alert-route.ts';
import { boundAlert } from '#domain/alert/bound-alert.ts';
import { withRouteContext } from '#domain/alert/with-route-context.ts';
import { clipText } from '#domain/shortening/clip-text.ts';
import { storableText } from '#domain/text/storable-text.ts';
import type { AlertInbound, ReceivedAlerts, RoutedAlert } from '#ports/alert-inbound.ts';
import type { Workspace } from '#ports/workspaces.ts';
import type { Core } from './core.ts';

type Needs = Pick<Core, 'unitOfWork' | 'workspaces' | 'redact' | 'logger'> & {
  /** Wakes the worker that puts alerts into incidents. */
  readonly alertsWaiting: () => void;
};

/** Characters of a payload that did not fit that are kept for whoever looks into it. */
const keptPayload = 4_000;

/** The door for alerts: what they tell is durable when this resolves, and what was told before changes nothing. */
export function createReceiveAlerts(needs: Needs): AlertInbound {
  const { unitOfWork, workspaces, redact, alertsWaiting } = needs;
  return {
    receive: async (routed) => {
      const all = await workspaces.all();
      const placed = routed.map(({ alert, route }) => ({
        alert,
        route,
        workspace: route && workspaceOf(all, route),
      }));
      let accepted = 0;
      for (const [workspace, alerts] of Map.groupBy(placed, (one) => one.workspace))
        if (workspace)
          accepted += await unitOfWork.within(workspace.id, (transaction) =>
            transaction.alerts.add(alerts.flatMap((one) => eventOf(one, redact))),
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

const workspaceOf = (all: readonly Workspace[], { to }: AlertRoute): Workspace | undefined =>
  all.find(({ platform, externalId }) => platform === to.platform && externalId === to.workspace);

function eventOf({ alert, route }: RoutedAlert, redact: Core['redact']) {
  if (!route) return [];
  const labels = withRouteContext(alert.labels, route.context);
  const kept: Alert = boundAlert({ ...alert, labels }, redact);
  return [{ key: keyOfAlert(kept), channel: route.to.id, route: route.name, alert: kept }];
}

function countOf(
  placed: readonly { readonly workspace: Workspace | undefined }[],
  accepted: number,
): ReceivedAlerts {
  const unrouted = placed.filter(({ workspace }) => workspace === undefined).length;
  return { accepted, repeated: placed.length - unrouted - accepted, unrouted };
}
