import type { Alert, AlertSource } from './alert.ts';

/** An alert as it was told last, in the channel that it went to. */
export interface KnownAlert {
  readonly channel: string;
  /** The name of the route that took it. */
  readonly route: string;
  readonly alert: Alert;
}

/** Their fingerprint is of all labels, so all that an alert is told by stays the same while it lives. */
const toldWhole: ReadonlySet<AlertSource> = new Set(['alertmanager', 'grafana']);

/**
 * Whether what its sender tells of an alert later may lack what it was routed by, or have something else there: an end has no
 * severity, a ticket gets another priority. It goes where the alert went.
 */
export const mayTellLess = ({ source }: Pick<Alert, 'source'>): boolean => !toldWhole.has(source);

/**
 * What a later signal leaves out, from what is known of the alert; nothing for one that is told for the first time. While it
 * goes on, it began when it began: a reminder tells its own time.
 */
export function completeAlert({ keepsState, ...told }: Alert, known: Alert | undefined): Alert {
  if (!known) return told;
  const complete = {
    ...told,
    severity: told.severity ?? known.severity,
    summary: told.summary || known.summary,
    description: told.description || known.description,
    labels: { ...known.labels, ...told.labels },
    // What is affected may grow while it goes on, and it stays the same problem.
    problem: known.problem ?? told.problem,
    group: told.group ?? known.group,
    link: told.link ?? known.link,
    runbookUrl: told.runbookUrl ?? known.runbookUrl,
    ticket: told.ticket ?? known.ticket,
  };
  return known.state === 'resolved' ? complete : goingOn(complete, known, keepsState === true);
}

const goingOn = (alert: Alert, known: Alert, keepsState: boolean): Alert => ({
  ...alert,
  state: keepsState ? known.state : alert.state,
  startedAt: known.startedAt ?? alert.startedAt,
});
