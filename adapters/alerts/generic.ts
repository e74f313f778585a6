import { z } from 'zod';
import type { Alert, AlertState } from '#domain/alert/alert.ts';
import { readSeverity } from '#domain/alert/severity.ts';
import { labels as labelSchema, readLink, readTime, toLabels } from './create-reader.ts';
import { readPath } from './read-path.ts';
import type { ReadAlerts, ReadPayload, WrongField } from './sender.ts';

/** Where the parts of an alert stand in the payloads of one sender; each a path such as `check.host[0].name`. */
export interface GenericTable {
  /** The list of alerts; null when the payload is one alert. The other paths begin inside of one. */
  readonly alerts: string | null;
  readonly fingerprint: string;
  readonly name: string;
  readonly state: string | null;
  /** What the state is called when it is over, or when somebody looks at it; anything else fires. */
  readonly resolved: readonly string[];
  readonly acknowledged: readonly string[];
  readonly severity: string | null;
  readonly summary: string | null;
  readonly description: string | null;
  readonly labels: string | null;
  readonly group: string | null;
  readonly startedAt: string | null;
  readonly changedAt: string | null;
  readonly link: string | null;
  readonly runbookUrl: string | null;
}

/** A reader of whatever the operator's table describes. */
export function createGenericReader(table: GenericTable): ReadPayload {
  return (payload): ReadAlerts => {
    const found = table.alerts === null ? [payload] : readPath(payload, table.alerts);
    if (!Array.isArray(found))
      return wrong({ field: table.alerts ?? '', message: 'must be a list of alerts' });
    const read = found.map((one, index) =>
      readOne(table, one, table.alerts === null ? '' : `${table.alerts}[${index}].`),
    );
    const failed = read.find((one) => 'wrong' in one);
    return failed && 'wrong' in failed ? failed : { kind: 'alerts', alerts: read as readonly Alert[] };
  };
}

const wrong = (field: WrongField): ReadAlerts & { readonly kind: 'wrong' } => ({
  kind: 'wrong',
  wrong: field,
});

function readOne(
  table: GenericTable,
  payload: unknown,
  place: string,
): Alert | (ReadAlerts & { readonly kind: 'wrong' }) {
  const text = (path: string | null) => (path === null ? '' : textOf(readPath(payload, path)));
  const missing = (['fingerprint', 'name'] as const).find((part) => text(table[part]) === '');
  if (missing)
    return wrong({
      field: `${place}${table[missing]}`,
      message: `is missing; the table says that the ${missing} stands there`,
    });
  const labels = labelSchema.safeParse(table.labels === null ? {} : readPath(payload, table.labels));
  if (!labels.success)
    return wrong({ field: `${place}${table.labels}`, message: 'must be an object of labels' });
  const time = (path: string | null) =>
    readTime(z.union([z.string(), z.number()]).safeParse(path && readPath(payload, path)).data);
  return {
    source: 'generic',
    fingerprint: text(table.fingerprint),
    state: stateOf(table, text(table.state)),
    name: text(table.name),
    severity: readSeverity(text(table.severity)),
    summary: text(table.summary),
    description: text(table.description),
    labels: toLabels(labels.data),
    group: text(table.group) || null,
    startedAt: time(table.startedAt),
    changedAt: time(table.changedAt),
    link: readLink(text(table.link)),
    runbookUrl: readLink(text(table.runbookUrl)),
  };
}

function stateOf({ resolved, acknowledged }: GenericTable, state: string): AlertState {
  const is = (names: readonly string[]) => names.some((name) => name.toLowerCase() === state.toLowerCase());
  if (is(resolved)) return 'resolved';
  return is(acknowledged) ? 'acknowledged' : 'firing';
}

const textOf = (value: unknown): string =>
  typeof value === 'string'
    ? value.trim()
    : typeof value === 'number' || typeof value === 'boolean'
      ? String(value)
      : '';
