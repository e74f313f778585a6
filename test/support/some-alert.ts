import type { Alert } from '#domain/alert/alert.ts';
import type { AlertRoute } from '#domain/alert/alert-route.ts';
import type { Workspace } from '#ports/workspaces.ts';

export const alertBegin = Date.UTC(2026, 10, 20, 3);
export const minuteMs = 60_000;

/** An alert that fires; `at` is in minutes. */
export function someAlert(changes: Partial<Alert> & { readonly at?: number } = {}): Alert {
  const { at = 0, ...given } = changes;
  return {
    source: 'alertmanager',
    fingerprint: 'a',
    state: 'firing',
    name: 'DiskFull',
    severity: null,
    summary: '',
    description: '',
    labels: {},
    group: null,
    startedAt: alertBegin + at * minuteMs,
    changedAt: alertBegin + at * minuteMs,
    link: null,
    runbookUrl: null,
    ...given,
  };
}

/** Takes all alerts into a channel. */
export const someRoute = (
  { platform, externalId }: Pick<Workspace, 'platform' | 'externalId'>,
  channel = 'incidents',
): AlertRoute => ({
  name: 'all',
  labels: {},
  to: { platform, workspace: externalId, id: channel },
  context: {},
});
