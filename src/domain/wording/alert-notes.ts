import type { Severity } from '../alert/severity.ts';
import type { Block, Reply } from '../reply.ts';
import type { AlertCounts } from './alert-card.ts';
import { formatDuration, oneLine } from './format.ts';

/**
 * Says in the thread what its card shows too, because nobody is told of a card that changed. `offer` names the thread where
 * nobody drafts its case unless they are asked to.
 */
export function alertsOverNote(
  { beganAt, reachedAt, resolved }: AlertCounts,
  offer: { readonly thread: string } | null,
): Reply {
  const what = resolved === 1 ? 'The alert is resolved' : `All ${resolved} alerts are resolved`;
  const summary = `${what}, after ${formatDuration(Math.max(0, reachedAt - beganAt))}`;
  return { summary, tone: 'good', blocks: [{ kind: 'text', line: [`${summary}.`] }, ...offerOf(offer)] };
}

function offerOf(offer: { readonly thread: string } | null): readonly Block[] {
  if (!offer) return [];
  const action = { verb: 'save-case', id: offer.thread } as const;
  return [{ kind: 'buttons', buttons: [{ action, label: 'Save as case', style: 'plain' }] }];
}

export function alertsBackNote(counts: AlertCounts): Reply {
  return told(`${headName(counts)} fires again`, 'bad');
}

/** It is worse than its card said before. */
export function worseNote(counts: AlertCounts, severity: Severity, before: Severity | null): Reply {
  const was = before === null ? '' : `, was ${before}`;
  return told(`Now ${severity}${was}: ${headName(counts)}`, 'bad');
}

/** From here on each change would be one more message about nothing new. */
export function flappingNote(counts: AlertCounts & { readonly fired: number }, quietMs: number): Reply {
  const { beganAt, reachedAt, fired } = counts;
  const span = formatDuration(Math.max(0, reachedAt - beganAt));
  return told(
    `${headName(counts)} flaps: it fired ${fired} times in ${span}. Recourse says how it ends once nothing has changed for ${formatDuration(quietMs)}`,
    'bad',
  );
}

/** It flapped, and has stayed as it is for a while. */
export function stayedFiringNote(counts: AlertCounts, quietMs: number): Reply {
  return told(`${headName(counts)} has not changed for ${formatDuration(quietMs)}: it fires`, 'bad');
}

export function snoozeOverNote(counts: AlertCounts): Reply {
  return told(`The snooze is over and ${headName(counts)} still fires`, 'bad');
}

/** An incident was called noise, and now there is an alert in it of which nobody said so. */
export function joinedNoiseNote(name: string): Reply {
  return told(`${oneLine(name, 120)} joined what was called noise, and nobody called it so`, 'bad');
}

export function headName({ alerts: [head] }: Pick<AlertCounts, 'alerts'>): string {
  return head ? oneLine(head.name, 120) : 'An alert';
}

function told(summary: string, tone: Reply['tone']): Reply {
  return { summary, tone, blocks: [{ kind: 'text', line: [`${summary}.`] }] };
}
