import type { EscalationReason } from '../alert/escalation.ts';
import type { AlertIncidentId } from '../ids.ts';
import type { Block, Line, Reply, Span } from '../reply.ts';
import type { AlertCounts } from './alert-card.ts';
import { headName } from './alert-notes.ts';
import { formatDuration, formatTime } from './format.ts';

/** Somebody whom the operator named; `reached` is how sure it is that a call gets to them. */
export interface CalledPerson {
  readonly externalId: string;
  readonly name: string;
  readonly reached: 'yes' | 'never-met' | 'account-closed';
}

/** One level of an escalation, told to whom it calls. */
export interface EscalationView {
  readonly id: AlertIncidentId;
  readonly counts: AlertCounts;
  readonly reason: EscalationReason;
  /** Milliseconds since the clock of the reason began. */
  readonly waitedMs: number;
  readonly called: readonly CalledPerson[];
  /** Where the alerts are, seen from another channel; null in their own thread. */
  readonly thread: { readonly channel: string; readonly thread: string | null } | null;
  /** What comes next; null after the last level. */
  readonly next: { readonly inMs: number; readonly whom: Line } | null;
}

/** Calls people for alerts that nobody acted on. */
export function escalationCard(view: EscalationView): Reply {
  const summary = reasonText(view);
  const { called, thread, id } = view;
  const awake = called.filter(({ reached }) => reached !== 'account-closed');
  return {
    summary,
    tone: 'bad',
    calls: awake.map(({ externalId }) => externalId),
    blocks: [
      { kind: 'heading', text: summary },
      { kind: 'text', line: [...namesOf(awake), ...whereTo(thread)] },
      { kind: 'fields', fields: fieldsOf(view.counts) },
      ...called.flatMap(unreachedNote),
      { kind: 'note', line: nextLine(view.next) },
      {
        kind: 'buttons',
        buttons: [{ action: { verb: 'take', id }, label: "I'm on it", style: 'primary' }],
      },
    ],
  };
}

function reasonText({ reason, waitedMs, counts }: EscalationView): string {
  const name = headName(counts);
  switch (reason) {
    case 'unanswered':
      return waitedMs < leastWaitMs
        ? `${name} fires, and you are called at once`
        : `Nobody has acted on ${name} for ${formatDuration(waitedMs)}`;
    case 'stuck':
      return `A run for ${name} came to a halt, and nobody has acted for ${formatDuration(waitedMs)}`;
    case 'failed':
      return `A run for ${name} did not help, and it still fires`;
  }
}

/** Of a shorter wait it is no news that nobody has acted. */
const leastWaitMs = 1_000;

const namesOf = (people: readonly CalledPerson[]): Line =>
  people.flatMap(({ externalId, name }): Line => [{ kind: 'person', externalId, name }, ' ']);

function whereTo(thread: EscalationView['thread']): Line {
  if (thread === null) return ['please look at it here.'];
  return ['please look at it in ', { kind: 'place', label: 'its thread', ...thread }, '.'];
}

function fieldsOf({ alerts: [head], beganAt, firing, acknowledged, resolved }: AlertCounts) {
  const total = firing + acknowledged + resolved;
  return [
    ...(head?.severity ? [{ name: 'Severity', value: [head.severity] }] : []),
    { name: 'Since', value: [formatTime(beganAt)] },
    ...(total > 1 ? [{ name: 'Alerts', value: [`${firing} of ${total} fire`] }] : []),
  ];
}

function unreachedNote({ name, reached }: CalledPerson): readonly Block[] {
  const text = {
    yes: '',
    'never-met': `${name} has never written here, so it is not sure that this reaches them.`,
    'account-closed': `${name} cannot be called: their account is closed.`,
  }[reached];
  return text === '' ? [] : [{ kind: 'note', line: [text] }];
}

function nextLine(next: EscalationView['next']): Line {
  const ends = 'A message in its thread or a button pressed ends this.';
  if (next === null) return [`Nobody else is called after this. ${ends}`];
  return [`If nobody acts: in ${formatDuration(next.inMs)} `, ...next.whom, `. ${ends}`];
}

/** Whom a level calls, as they are named before their turn: nobody is called by it. */
export function whomLine(names: readonly string[], channel: string | null): Line {
  const people = names.join(', ');
  const place: Span = { kind: 'place', label: 'another channel', channel: channel ?? '', thread: null };
  if (channel === null) return [people];
  return people === '' ? [place] : [`${people} in `, place];
}

/** Says in the thread of the alerts that somebody is called elsewhere. */
export function calledElsewhereNote(view: EscalationView, channel: string): Reply {
  const summary = reasonText(view);
  return {
    summary: `${summary}: it is told in another channel`,
    tone: 'bad',
    blocks: [
      {
        kind: 'text',
        line: [
          `${summary}. It is told in `,
          ...whomLine(
            view.called.map(({ name }) => name),
            channel,
          ),
          '.',
        ],
      },
    ],
  };
}

/** The card of a level once somebody acted, or it is over: nothing is left to press. */
export function settledCard(card: Reply, how: string): Reply {
  const { calls: _, ...kept } = card;
  const blocks = card.blocks.filter(
    ({ kind }, index) => kind !== 'buttons' && !(kind === 'note' && index === lastNote(card)),
  );
  return {
    ...kept,
    summary: `${card.summary}. ${how}`,
    tone: 'good',
    blocks: [...blocks, { kind: 'text', line: [{ kind: 'bold', text: how }] }],
  };
}

/** What would come next stands there, and does not come any more. */
const lastNote = ({ blocks }: Reply): number => blocks.findLastIndex(({ kind }) => kind === 'note');

export const takenBy = (name: string): string => `${name} is on it.`;
export const acknowledgedText = 'It is acknowledged where it comes from.';
export const overText = 'It is over.';

/** The platform refused the message of a level, so nobody was called by it. */
export function unreachedChannelNote(channel: string, why: string): Reply {
  const summary = 'Recourse could not call anybody in another channel';
  return {
    summary,
    tone: 'bad',
    blocks: [
      {
        kind: 'text',
        line: [
          'Recourse could not call anybody in ',
          { kind: 'place', label: 'another channel', channel, thread: null },
          ', so the next is called at once.',
        ],
      },
      { kind: 'note', line: [why] },
    ],
  };
}

/** Nobody is left who could be called. */
export function nobodyLeftNote(counts: AlertCounts): Reply {
  const summary = `Nobody is left to call for ${headName(counts)}`;
  return {
    summary,
    tone: 'bad',
    blocks: [
      { kind: 'text', line: [{ kind: 'bold', text: summary }, ': nobody further is named in alerts.yaml.'] },
    ],
  };
}
