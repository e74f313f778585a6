import type { Alert } from '../alert/alert.ts';
import type { AlertHistory } from '../alert/alert-history.ts';
import type { AlertVerdict } from '../alert/alert-verdict.ts';
import { type Severity, severities } from '../alert/severity.ts';
import type { AlertIncidentId } from '../ids.ts';
import type { Button, Line, Reply } from '../reply.ts';
import { historyBlocks, type SimilarIncident, similarBlocks } from './alert-past-blocks.ts';
import { callField, type ShownCall } from './call-field.ts';
import { formatTime, oneLine } from './format.ts';
import { opinionBlocks, type ShownOpinion } from './opinion-blocks.ts';
import { isSilenced, silenceField } from './silence-field.ts';
import { type TicketsView, ticketBlocks } from './ticket-blocks.ts';

/** What a card of alerts tells; `alerts` are the worst of them, then what began first. Times are milliseconds since the epoch. */
export interface AlertCounts {
  readonly firing: number;
  readonly acknowledged: number;
  readonly resolved: number;
  readonly beganAt: number;
  readonly reachedAt: number;
  readonly alerts: readonly Alert[];
}

/** The card of one incident: what its past says, and what people said. */
export interface AlertCardView extends AlertCounts {
  readonly id: AlertIncidentId;
  readonly flaps: boolean;
  /** How often the one fired that fired most. */
  readonly fired: number;
  readonly history: AlertHistory | null;
  /** What a model thinks of it; null where none was asked, or a person has judged it. */
  readonly opinion: ShownOpinion | null;
  readonly similar: readonly SimilarIncident[];
  /** `of` so many of its alerts: what joined later nobody has judged. */
  readonly verdict: { readonly verdict: AlertVerdict; readonly name: string; readonly of: number } | null;
  readonly snooze: { readonly until: number; readonly name: string } | null;
  readonly tickets: TicketsView;
  /** Who is called for it, by escalation; empty where nobody is. */
  readonly calls: readonly ShownCall[];
}

const shownAlerts = 5;
const longestName = 120;
const longestText = 600;

/** Opens the thread of alerts that belong together, and is kept up to date. */
export function alertCard(view: AlertCardView): Reply {
  const { alerts, firing, acknowledged, resolved } = view;
  const total = firing + acknowledged + resolved;
  const [head] = alerts;
  const name = head ? oneLine(head.name, longestName) : 'An alert';
  const title = total > 1 ? `${name} and ${total - 1} more` : name;
  return {
    summary: `${stateWord(view)}: ${title}`,
    tone: toneOf(view),
    blocks: [
      { kind: 'heading', text: `${stateWord(view)}: ${title}` },
      ...(head && textOf(head) !== '' ? [{ kind: 'text', line: [textOf(head)] } as const] : []),
      {
        kind: 'fields',
        fields: [...fieldsOf(view, head), ...saidOf(view), ...view.calls.flatMap(callField)],
      },
      ...(total > 1 ? [{ kind: 'list', items: listOf(view) } as const] : []),
      ...historyBlocks(view.history),
      ...opinionBlocks(view.opinion, total),
      ...similarBlocks(view.similar),
      ...ticketBlocks(view.tickets),
      { kind: 'buttons', buttons: buttonsOf(view) },
    ],
  };
}

/** What people said of it, and that it flaps. */
function saidOf({ flaps, fired, verdict, snooze, alerts, ...counts }: AlertCardView) {
  const { firing, acknowledged, resolved } = counts;
  const total = firing + acknowledged + resolved;
  return [
    ...(flaps ? [{ name: 'Flaps', value: [`fired ${fired} times`] }] : []),
    ...(verdict ? [{ name: verdictNames[verdict.verdict], value: [verdictText(verdict, total)] }] : []),
    ...silenceField(alerts),
    ...(snooze ? [{ name: 'Snoozed', value: [`until ${formatTime(snooze.until)}, by ${snooze.name}`] }] : []),
  ];
}

const verdictText = ({ name, of }: { readonly name: string; readonly of: number }, total: number): string =>
  of < total ? `says ${name}, of ${of} of ${total} alerts` : `says ${name}`;

const verdictNames = { noise: 'Noise', real: 'Real' } as const satisfies Record<AlertVerdict, string>;

function buttonsOf({ id, firing, acknowledged, tickets }: AlertCardView): readonly Button[] {
  return [
    { action: { verb: 'noise', id }, label: 'Noise', style: 'plain' },
    { action: { verb: 'real', id }, label: 'Real', style: 'plain' },
    ...(firing + acknowledged > 0
      ? [{ action: { verb: 'snooze', id }, label: 'Snooze', style: 'plain' } as const]
      : []),
    ...(tickets.offers.length > 0
      ? [{ action: { verb: 'ticket', id }, label: 'Ticket', style: 'plain' } as const]
      : []),
  ];
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

function stateWord({ firing, acknowledged, alerts }: AlertCounts): string {
  if (firing > 0) return 'Firing';
  const going = alerts.filter(({ state }) => state === 'acknowledged');
  if (going.length > 0 && going.every(isSilenced)) return 'Silenced';
  return acknowledged > 0 ? 'Acknowledged' : 'Resolved';
}

export function toneOf({ firing, acknowledged }: AlertCounts): Reply['tone'] {
  if (firing > 0) return 'bad';
  return acknowledged > 0 ? 'active' : 'good';
}

const textOf = ({ name, summary, description }: Alert): string =>
  oneLine(
    [...new Set([summary, description])].filter((text) => text !== '' && text !== name).join(' – '),
    longestText,
  );

const severityField = 'Severity';

/** The severity that a card tells; null when it tells none. */
export function severityOn(card: Reply | undefined): Severity | null {
  const fields = (card?.blocks ?? []).flatMap((block) => (block.kind === 'fields' ? block.fields : []));
  const told = fields.find(({ name }) => name === severityField)?.value[0];
  return severities.find((severity) => severity === told) ?? null;
}

const shownLabels = ['service', 'instance', 'host', 'env', 'environment', 'cluster', 'namespace'];

/** `head` is the alert whose severity and labels are told beside the counts. */
export function fieldsOf(counts: AlertCounts, head: Alert | undefined) {
  const { firing, acknowledged, resolved, beganAt, reachedAt } = counts;
  const isOver = firing + acknowledged === 0;
  const labels = shownLabels.flatMap((label) =>
    head && Object.hasOwn(head.labels, label) ? [[label, head.labels[label] ?? ''] as const] : [],
  );
  return [
    ...(head?.severity ? [{ name: severityField, value: [head.severity] }] : []),
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
  const items = alerts.slice(0, shownAlerts).map(lineOf);
  return rest > 0 ? [...items, [`and ${rest} more`]] : items;
}

function lineOf(alert: Alert): Line {
  const { name, state, summary } = alert;
  const told = summary === '' || summary === name ? '' : `, ${oneLine(summary, longestName)}`;
  return [
    { kind: 'bold', text: oneLine(name, longestName) },
    `: ${isSilenced(alert) ? 'silenced' : state}${told}`,
  ];
}
