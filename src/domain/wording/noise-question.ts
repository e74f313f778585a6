import type { Alert } from '../alert/alert.ts';
import type { AlertHistory } from '../alert/alert-history.ts';
import { clipText } from '../shortening/clip-text.ts';
import type { AlertCounts } from './alert-card.ts';
import { historyText } from './alert-past-blocks.ts';
import { formatTime } from './format.ts';

/** Together less than one input of a question may have, so that none is cut there. */
const mostAlerts = 5;
const longestAlert = 2_000;

/** The alerts of an incident in words for a model, the worst first. Each is cut where it is long, but not before it is redacted. */
export function alertsText(
  { alerts, firing, acknowledged, resolved, beganAt }: AlertCounts,
  redact: (text: string) => string,
): string {
  const total = firing + acknowledged + resolved;
  const told = alerts.slice(0, mostAlerts).map((alert) => clipText(redact(alertText(alert)), longestAlert));
  const rest = total - told.length;
  return [
    `Began at ${formatTime(beganAt)}. Alerts: ${total}, of which ${firing + acknowledged} go on.`,
    ...told,
    ...(rest > 0 ? [`And ${rest} more.`] : []),
  ].join('\n\n');
}

/** What may be long stands last. */
function alertText({ name, source, severity, state, summary, description, labels }: Alert): string {
  return [
    `name: ${name}`,
    `from: ${source}`,
    `severity: ${severity ?? 'not told'}`,
    `state: ${state}`,
    ...(summary === '' ? [] : [`summary: ${summary}`]),
    `labels: ${JSON.stringify(labels)}`,
    ...(description === '' ? [] : [`description: ${description}`]),
  ].join('\n');
}

/** What the past of the first of them says, and what the rule makes of it. */
export function pastText(history: AlertHistory | null): string {
  if (history === null) return 'It was not seen before in this channel.';
  const { judged, noise, isProbablyNoise } = history;
  return [
    historyText(history),
    `People judged it ${judged} times, ${noise} of them as noise.`,
    ...(isProbablyNoise ? ['By this it is probably noise.'] : []),
  ].join('\n');
}
