import type { Alert } from '../alert/alert.ts';
import type { Line, Reply } from '../reply.ts';
import { formatDuration, formatTime, oneLine } from './format.ts';

/** What a card of alerts tells; `alerts` are the worst of them, then what began first. Times are milliseconds since the epoch. */
export interface AlertCounts {
  readonly firing: number;
  readonly acknowledged: number;
  readonly resolved: number;
  readonly beganAt: number;
  readonly reachedAt: number;
  readonly alerts: readonly Alert[];
}

const shownAlerts = 5;
const longestName = 120;
const longestText = 600;

/** Opens the thread of alerts that belong together, and is kept up to date. */
export function alertCard(counts: AlertCounts): Reply {
  const { alerts, firing, acknowledged, resolved } = counts;
  const total = firing + acknowledged + resolved;
  const [head] = alerts;
  const name = head ? oneLine(head.name, longestName) : 'An alert';
  const title = total > 1 ? `${name} and ${total - 1} more` : name;
  return {
    summary: `${stateWord(counts)}: ${title}`,
    tone: toneOf(counts),
    blocks: [
      { kind: 'heading', text: `${stateWord(counts)}: ${title}` },
      ...(head && textOf(head) !== '' ? [{ kind: 'text', line: [textOf(head)] } as const] : []),
      { kind: 'fields', fields: fieldsOf(counts, head) },
      ...(total > 1 ? [{ kind: 'list', items: listOf(counts) } as const] : []),
    ],
  };
}

/** Stands for everything that begins in a channel while more comes in than threads could be read. */
export function stormCard(counts: AlertCounts): Reply {
  const { firing, acknowledged, resolved } = counts;
  const total = firing + acknowledged + resolved;
  const isOver = firing + acknowledged === 0;
  const summary = isOver
    ? `The alert storm is over: ${total} alerts`
    : `Alert storm: ${firing + acknowledged} of ${total} alerts go on`;
  return {
    summary,
    tone: toneOf(counts),
    blocks: [
      { kind: 'heading', text: summary },
      {
        kind: 'text',
        line: ['More begins here than threads could be read, so these are counted on one card. The worst:'],
      },
      { kind: 'list', items: listOf(counts) },
      { kind: 'fields', fields: fieldsOf(counts, undefined) },
    ],
  };
}

/** Takes the place of a card whose alerts turned out to belong to another one. */
export function joinedCard(
  name: string,
  into: { readonly channel: string; readonly thread: string | null },
): Reply {
  const summary = `${oneLine(name, longestName)} is a part of another incident`;
  return {
    summary,
    tone: 'plain',
    blocks: [
      { kind: 'heading', text: summary },
      {
        kind: 'text',
        line:
          into.thread === null
            ? ['It goes on in the thread above.']
            : [
                'It goes on in ',
                { kind: 'place', label: 'that thread', channel: into.channel, thread: into.thread },
                '.',
              ],
      },
    ],
  };
}

/** Says in the thread what its card shows too, because nobody is told of a card that changed. */
export function alertsOverNote({ beganAt, reachedAt, resolved }: AlertCounts): Reply {
  const what = resolved === 1 ? 'The alert is resolved' : `All ${resolved} alerts are resolved`;
  const summary = `${what}, after ${formatDuration(Math.max(0, reachedAt - beganAt))}`;
  return { summary, tone: 'good', blocks: [{ kind: 'text', line: [`${summary}.`] }] };
}

export function alertsBackNote({ alerts: [head] }: AlertCounts): Reply {
  const summary = `${head ? oneLine(head.name, longestName) : 'An alert'} fires again`;
  return { summary, tone: 'bad', blocks: [{ kind: 'text', line: [`${summary}.`] }] };
}

function stateWord({ firing, acknowledged }: AlertCounts): string {
  if (firing > 0) return 'Firing';
  return acknowledged > 0 ? 'Acknowledged' : 'Resolved';
}

function toneOf({ firing, acknowledged }: AlertCounts): Reply['tone'] {
  if (firing > 0) return 'bad';
  return acknowledged > 0 ? 'active' : 'good';
}

const textOf = ({ name, summary, description }: Alert): string =>
  oneLine(
    [...new Set([summary, description])].filter((text) => text !== '' && text !== name).join(' – '),
    longestText,
  );

const shownLabels = ['service', 'instance', 'host', 'env', 'environment', 'cluster', 'namespace'];

function fieldsOf(counts: AlertCounts, head: Alert | undefined) {
  const { firing, acknowledged, resolved, beganAt, reachedAt } = counts;
  const isOver = firing + acknowledged === 0;
  const labels = shownLabels.flatMap((label) =>
    head && Object.hasOwn(head.labels, label) ? [[label, head.labels[label] ?? ''] as const] : [],
  );
  return [
    ...(head?.severity ? [{ name: 'Severity', value: [head.severity] }] : []),
    { name: 'Since', value: [formatTime(beganAt)] },
    ...(isOver ? [{ name: 'Resolved', value: [formatTime(reachedAt)] }] : []),
    ...(head ? [{ name: 'From', value: [head.source] }] : []),
    ...(firing + acknowledged + resolved > 1 ? [{ name: 'Alerts', value: [countsText(counts)] }] : []),
    ...labels.slice(0, 4).map(([label, value]) => ({ name: label, value: [oneLine(value, 80)] })),
  ];
}

function countsText({ firing, acknowledged, resolved }: AlertCounts): string {
  const parts = [
    `${firing} firing`,
    ...(acknowledged > 0 ? [`${acknowledged} acknowledged`] : []),
    `${resolved} resolved`,
  ];
  return parts.join(', ');
}

function listOf({ alerts, firing, acknowledged, resolved }: AlertCounts): readonly Line[] {
  const rest = firing + acknowledged + resolved - Math.min(alerts.length, shownAlerts);
  const items = alerts
    .slice(0, shownAlerts)
    .map(
      ({ name, state, summary }): Line => [
        { kind: 'bold', text: oneLine(name, longestName) },
        `: ${state}${summary === '' || summary === name ? '' : `, ${oneLine(summary, longestName)}`}`,
      ],
    );
  return rest > 0 ? [...items, [`and ${rest} more`]] : items;
}
