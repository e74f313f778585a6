import type { IncidentState } from '../incident.ts';
import type { Block, Line, Span } from '../reply.ts';
import type { RunState } from '../run/run.ts';
import { formatAge, oneLine } from './format.ts';
import { trackRecord } from './solution-blocks.ts';

interface InThread {
  readonly channel: string;
  readonly thread: string;
}

export interface ListedIncident extends InThread {
  readonly problem: string;
  readonly state: IncidentState;
  readonly openedAt: number;
}

export interface ListedRun extends InThread {
  readonly title: string;
  readonly state: RunState;
  readonly requester: string;
  readonly startedAt: number;
}

export interface ListedRate {
  readonly title: string;
  readonly worked: number;
  readonly tried: number;
  readonly lastWorkedAt: number | null;
}

/** The way into a thread. The label may come from anybody and is data. */
export function threadSpan({ channel, thread }: InThread, label: string): Span {
  return { kind: 'place', label: oneLine(label, 100) || 'thread', channel, thread };
}

export function incidentLine(incident: ListedIncident, now: number): Line {
  return [
    threadSpan(incident, incident.problem),
    ` – ${incident.state}, ${formatAge(now - incident.openedAt)} old`,
  ];
}

export function runLine(run: ListedRun, now: number): Line {
  const by = `${run.state}, by ${run.requester} ${formatAge(now - run.startedAt)} ago`;
  return [threadSpan(run, run.title), ` – ${by}`];
}

export function rateLine(rate: ListedRate): Line {
  return [{ kind: 'bold', text: rate.title }, ' – ', ...trackRecord(rate)];
}

/** A part of a page: its heading, and its lines or the sentence that says that there are none. */
export function section(title: string, items: readonly Line[], none: string): readonly Block[] {
  return [
    { kind: 'heading', text: title },
    items.length > 0 ? { kind: 'list', items } : { kind: 'note', line: [none] },
  ];
}
