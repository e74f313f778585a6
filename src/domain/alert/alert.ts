import type { Severity } from './severity.ts';

/** Who may send alerts; the last part of the address of a webhook. */
export const alertSources = [
  'alertmanager',
  'grafana',
  'pagerduty',
  'datadog',
  'newrelic',
  'opsgenie',
  'sentry',
  'cloudwatch',
  'servicenow',
  'jira',
  'generic',
] as const;
export type AlertSource = (typeof alertSources)[number];

/** `acknowledged`: it goes on, and somebody has said that they look at it. */
export type AlertState = 'firing' | 'acknowledged' | 'resolved';

/** The exact key of an incident, an alert or an issue at its sender. */
export interface AlertTicket {
  readonly key: string;
  /** What people there call it. */
  readonly name: string;
  /** All labels that tell it apart, where the sender silences by labels. */
  readonly labels?: Readonly<Record<string, string>> | undefined;
}

/** A silence of its sender, whoever asked for it, in whose force nobody is told of the alert there. */
export interface AlertSilence {
  readonly id: string;
  readonly by: string;
  readonly comment: string;
  /** Milliseconds since the epoch. */
  readonly until: number;
}

/** One signal of a monitoring tool. Texts are data from outside: escaped wherever they are shown. */
export interface Alert {
  readonly source: AlertSource;
  /** The sender's own key for this problem: the same while it fires, resolves and fires again. */
  readonly fingerprint: string;
  readonly state: AlertState;
  /**
   * What makes it the same problem as one of before, where its fingerprint is of one time alone; undefined where the fingerprint
   * says it.
   */
  readonly problem?: string | undefined;
  /** What the sender calls it, such as `KubePodCrashLooping`. */
  readonly name: string;
  /** Null when the sender says nothing that is known. */
  readonly severity: Severity | null;
  readonly summary: string;
  readonly description: string;
  readonly labels: Readonly<Record<string, string>>;
  /** The sender's key for what it groups together; null when it does not group. */
  readonly group: string | null;
  /** When it began to fire and when this state was reached, in milliseconds since the epoch; null when not told. */
  readonly startedAt: number | null;
  readonly changedAt: number | null;
  /** Where the sender shows it. */
  readonly link: string | null;
  /** Where its rule says that the runbook is. */
  readonly runbookUrl: string | null;
  /**
   * Which of several times that its sender says the same of it this is, where neither beginning nor change tells: a ticket
   * that is opened again keeps the time at which it was made. The same for the same message sent again.
   */
  readonly occasion?: string | undefined;
  /** Something else of it has changed, such as its priority: whether somebody looks at it is as it was. */
  readonly keepsState?: true | undefined;
  /** What keeps it quiet at its sender; undefined where nothing does, or that is not known. */
  readonly silence?: AlertSilence | undefined;
  /** What its sender knows it by; undefined where it cannot be asked for anything, or its key could not be kept whole. */
  readonly ticket?: AlertTicket | undefined;
}
