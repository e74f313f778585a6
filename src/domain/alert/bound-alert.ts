import { createHash } from 'node:crypto';
import { clipText } from '../shortening/clip-text.ts';
import { storableText } from '../text/storable-text.ts';
import type { Alert, AlertTicket } from './alert.ts';

/** Characters that are kept of each part; a description is an aid, not a log. */
const longest = { name: 200, text: 500, description: 2_000, label: 300, key: 500 } as const;
const mostLabels = 40;

/** The alert as it is kept: without secrets, and no longer than a card could ever show. */
export function boundAlert(alert: Alert, redact: (text: string) => string): Alert {
  const clean = (text: string, most: number) => clipText(redact(storableText(text)), most);
  const labels = Object.entries(alert.labels).slice(0, mostLabels);
  return {
    ...alert,
    fingerprint: keyWithout(alert.fingerprint, redact),
    problem: alert.problem && keyWithout(alert.problem, redact),
    group: alert.group === null ? null : keyWithout(alert.group, redact),
    occasion: alert.occasion && digestOf(alert.occasion),
    name: clean(alert.name, longest.name),
    summary: clean(alert.summary, longest.text),
    description: clean(alert.description, longest.description),
    labels: Object.fromEntries(
      labels.map(([name, value]) => [clean(name, longest.label), clean(value, longest.label)]),
    ),
    link: alert.link === null ? null : clean(alert.link, longest.text),
    runbookUrl: alert.runbookUrl === null ? null : clean(alert.runbookUrl, longest.text),
    ticket: alert.ticket && wholeTicket(alert.ticket, redact),
  };
}

/** What is cut or masked names nothing, or with labels more than it should: then there is none. */
function wholeTicket(ticket: AlertTicket, redact: (text: string) => string): AlertTicket | undefined {
  const { key, name, labels = {} } = ticket;
  const texts = [key, name, ...Object.entries(labels).flat()];
  const isWhole = texts.every((text) => redact(storableText(text)) === text);
  return isWhole && JSON.stringify(ticket).length <= longestTicket ? ticket : undefined;
}

const longestTicket = 8_000;

/** Two keys that differ only in a secret stay two: what was masked is told apart by a digest of the whole. */
function keyWithout(key: string, redact: (text: string) => string): string {
  const storable = storableText(key);
  const clean = redact(storable);
  if (clean === storable) return clipText(storable, longest.key);
  return `${clipText(clean, longest.key - digestLength - 1)} ${digestOf(storable)}`;
}

const digestOf = (text: string): string =>
  createHash('sha256').update(text).digest('hex').slice(0, digestLength);

/** In hexadecimal digits: enough that no two keys meet. */
const digestLength = 16;
