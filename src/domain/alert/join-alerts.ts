import type { AlertIncidentId } from '../ids.ts';
import { ownValue } from '../text/own-value.ts';
import { type AlertEvent, reachedAt } from './alert-event.ts';

/**
 * Which alerts are one incident.
 *
 * An event leaves a mark on each of its keys (its alert, its problem, its group, its service) at each of its times (when the alert
 * began, when this state was reached). Two marks of one key that are close in time belong to one incident; incidents that
 * come to share such a pair become one. Times are the sender's, so the same events give the same incidents in whatever
 * order, and however often, they come in: what counts is which marks are close, not which came first.
 */
export interface AlertMark {
  readonly key: string;
  /** Minutes since the epoch. */
  readonly minute: number;
  readonly incident: AlertIncidentId;
}

export interface JoinSettings {
  /** Within so many minutes an alert that fires again is the incident of before, and its group is one incident. */
  readonly reopenMinutes: number;
  /** Within so many minutes alerts of one service are one incident. */
  readonly serviceMinutes: number;
  /** How far back the beginning is looked for of what ended without saying when it began. */
  readonly longestMinutes: number;
}

export const defaultJoinSettings: JoinSettings = {
  reopenMinutes: 60,
  serviceMinutes: 5,
  longestMinutes: 30 * 24 * 60,
};

/** A stretch of one key in which marks belong together with an event. Minutes since the epoch, both included. */
export interface MarkRange {
  readonly key: string;
  readonly from: number;
  readonly to: number;
  /** Only the newest mark in the stretch counts. */
  readonly nearest: boolean;
}

const minuteOf = (ms: number): number => Math.floor(ms / 60_000);

/** Where marks lie that make an event a part of an incident. */
export function rangesOf(event: AlertEvent, settings: JoinSettings): readonly MarkRange[] {
  const { alert } = event;
  const near = keysOf(event, settings).flatMap(({ key, window }) =>
    minutesOf(event).map((minute) => ({ key, from: minute - window, to: minute + window, nearest: false })),
  );
  if (alert.startedAt !== null || alert.state === 'firing') return near;
  const end = minuteOf(reachedAt(event));
  return [...near, { key: alertKey(event), from: end - settings.longestMinutes, to: end, nearest: true }];
}

/** Times at which something happened to the alert. */
function minutesOf(event: AlertEvent): readonly number[] {
  const times = [event.alert.startedAt ?? reachedAt(event), reachedAt(event)];
  return [...new Set(times.map(minuteOf))];
}

const alertKey = ({ alert }: AlertEvent): string =>
  JSON.stringify(['alert', alert.source, alert.fingerprint]);

function keysOf(event: AlertEvent, { reopenMinutes, serviceMinutes }: JoinSettings) {
  const { source, problem, group, labels } = event.alert;
  const service = ownValue(labels, 'service');
  return [
    { key: alertKey(event), window: reopenMinutes },
    ...(problem === undefined
      ? []
      : [{ key: JSON.stringify(['problem', source, problem]), window: reopenMinutes }]),
    ...(group === null ? [] : [{ key: JSON.stringify(['group', source, group]), window: reopenMinutes }]),
    ...(service ? [{ key: JSON.stringify(['service', service]), window: serviceMinutes }] : []),
  ];
}

export interface Joined {
  /** The incident of each event, in their order. */
  readonly incidents: readonly AlertIncidentId[];
  readonly marks: readonly AlertMark[];
  /** Incidents that turned out to be a part of another one. */
  readonly merged: ReadonlyMap<AlertIncidentId, AlertIncidentId>;
}

/**
 * Puts events of one channel into incidents. `known` are at least the marks within the ranges of the events; `newId`
 * gives ids that grow, so that of several incidents the first one lives on.
 */
export function joinAlerts(
  events: readonly AlertEvent[],
  known: readonly AlertMark[],
  newId: () => AlertIncidentId,
  settings: JoinSettings = defaultJoinSettings,
): Joined {
  const byKey = Map.groupBy(known, ({ key }) => key);
  const merged = new Map<AlertIncidentId, AlertIncidentId>();
  const incidents = events.map((event) => {
    const found = new Set(
      rangesOf(event, settings).flatMap((range) => inRange(byKey.get(range.key) ?? [], range)),
    );
    const [first = newId(), ...others] = [...new Set([...found].map((id) => rootOf(merged, id)))].sort();
    for (const other of others) merged.set(other, first);
    for (const mark of marksOf(event, first, settings))
      byKey.set(mark.key, [...(byKey.get(mark.key) ?? []), mark]);
    return first;
  });
  const before = new Set(known);
  const marks = [...byKey.values()].flat().filter((mark) => !before.has(mark));
  const settle = (id: AlertIncidentId) => rootOf(merged, id);
  return {
    incidents: incidents.map(settle),
    marks: distinct(marks.map((mark) => ({ ...mark, incident: settle(mark.incident) }))),
    merged: new Map([...merged.keys()].map((id) => [id, settle(id)])),
  };
}

function inRange(marks: readonly AlertMark[], { from, to, nearest }: MarkRange): readonly AlertIncidentId[] {
  const within = marks.filter(({ minute }) => minute >= from && minute <= to);
  if (!nearest) return within.map(({ incident }) => incident);
  const last = Math.max(...within.map(({ minute }) => minute));
  return within.filter(({ minute }) => minute === last).map(({ incident }) => incident);
}

function rootOf(merged: ReadonlyMap<AlertIncidentId, AlertIncidentId>, id: AlertIncidentId): AlertIncidentId {
  const into = merged.get(id);
  return into === undefined ? id : rootOf(merged, into);
}

const marksOf = (
  event: AlertEvent,
  incident: AlertIncidentId,
  settings: JoinSettings,
): readonly AlertMark[] =>
  keysOf(event, settings).flatMap(({ key }) => minutesOf(event).map((minute) => ({ key, minute, incident })));

const distinct = (marks: readonly AlertMark[]): readonly AlertMark[] => [
  ...new Map(marks.map((mark) => [JSON.stringify(mark), mark])).values(),
];
