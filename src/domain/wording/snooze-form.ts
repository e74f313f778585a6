import type { AlertIncidentId } from '../ids.ts';
import type { Form } from '../reply.ts';

const minuteMs = 60_000;
const spans = {
  '30 minutes': 30 * minuteMs,
  '1 hour': 60 * minuteMs,
  '4 hours': 240 * minuteMs,
  '12 hours': 720 * minuteMs,
  '1 day': 1_440 * minuteMs,
} as const;
const endIt = 'End the snooze';

/** What a snooze may be chosen to be, none longer than the limit; at least the shortest. */
export function snoozeChoices(longestMs: number): readonly string[] {
  const within = Object.entries(spans).filter(([, ms]) => ms <= longestMs);
  return within.length === 0 ? ['30 minutes'] : within.map(([name]) => name);
}

/** Milliseconds of a choice, 0 to end it; undefined for what is none within the limit. */
export function readSnooze(choice: string | undefined, longestMs: number): number | undefined {
  if (choice === endIt) return 0;
  const isOffered = choice !== undefined && snoozeChoices(longestMs).includes(choice);
  const ms = isOffered ? spans[choice as keyof typeof spans] : undefined;
  return ms && Math.min(ms, longestMs);
}

/** For how long alerts are kept quiet; they are never hidden for good. */
export function snoozeForm(
  id: AlertIncidentId,
  name: string,
  { longestMs, isSnoozed }: { readonly longestMs: number; readonly isSnoozed: boolean },
): Form {
  const options = [...(isSnoozed ? [endIt] : []), ...snoozeChoices(longestMs)];
  return {
    action: { verb: 'snooze', id },
    title: 'Snooze',
    intro: `${name}: no new thread and no message for it here until then. Its card is kept up to date.`,
    fields: [
      {
        name: 'for',
        label: 'For how long',
        hint: 'When it still fires then, Recourse says so.',
        initial: options[0] ?? '',
        required: true,
        kind: 'choice',
        options,
      },
    ],
    submitLabel: 'Snooze',
  };
}
