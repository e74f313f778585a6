import type { IncidentId } from '../ids.ts';
import type { Reply } from '../reply.ts';
import type { AlertCounts } from './alert-card.ts';
import { formatDuration, oneLine } from './format.ts';

/** A run is through while its alerts go on: they may need a while to notice. */
export function alertsWaitedForNote(counts: AlertCounts, waitMs: number): Reply {
  const summary = `${goingOn(counts)}. Recourse looks again in ${formatDuration(waitMs)}`;
  return { summary, tone: 'waiting', blocks: [{ kind: 'text', line: [`${summary}.`] }] };
}

/** The time that a run was given to end its alerts is up. */
export function stillFiringNote(
  counts: AlertCounts,
  run: { readonly title: string; readonly incident: IncidentId; readonly afterMs: number },
): Reply {
  const summary = `${goingOn(counts)} ${formatDuration(run.afterMs)} after the last step`;
  return {
    summary,
    tone: 'bad',
    blocks: [
      { kind: 'text', line: [`${summary} of `, { kind: 'bold', text: run.title }, '.'] },
      { kind: 'note', line: ['It counts as no effect. A vote of yours on its card counts besides.'] },
      {
        kind: 'buttons',
        buttons: [{ action: { verb: 'others', id: run.incident }, label: 'Show others', style: 'primary' }],
      },
    ],
  };
}

function goingOn({ firing, acknowledged, alerts: [head] }: AlertCounts): string {
  const going = firing + acknowledged;
  if (going > 1) return `${going} alerts still fire`;
  return `${head ? oneLine(head.name, 120) : 'The alert'} still fires`;
}
