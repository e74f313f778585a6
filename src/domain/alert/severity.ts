import { ownValue } from '../text/own-value.ts';

/** The worst first. */
export const severities = ['critical', 'error', 'warning', 'info'] as const;
export type Severity = (typeof severities)[number];

/** What senders call them: words of Prometheus, syslog, PagerDuty, Opsgenie, ServiceNow and Jira. */
const names: Readonly<Record<Severity, readonly string[]>> = {
  critical: [
    'critical',
    'crit',
    'fatal',
    'emergency',
    'disaster',
    'page',
    'blocker',
    'highest',
    'p0',
    'p1',
    'sev0',
    'sev1',
    '1',
  ],
  error: ['error', 'err', 'high', 'major', 'p2', 'sev2', '2'],
  warning: ['warning', 'warn', 'medium', 'moderate', 'minor', 'average', 'p3', 'sev3', '3'],
  info: [
    'info',
    'information',
    'informational',
    'notice',
    'none',
    'low',
    'lowest',
    'planning',
    'trivial',
    'p4',
    'p5',
    'sev4',
    'sev5',
    '4',
    '5',
  ],
};

const byName: Readonly<Record<string, Severity>> = Object.fromEntries(
  severities.flatMap((severity) => names[severity].map((name) => [name, severity] as const)),
);

/** What a sender's word means, such as `P1`, `1 - Critical` or `SEV-2`; null for a word that is not known. */
export function readSeverity(word: string | null | undefined): Severity | null {
  const plain = (word ?? '').trim().toLowerCase();
  const [first = ''] = plain.split(/\s+-\s+/);
  return ownValue(byName, first) ?? ownValue(byName, first.replace(/[\s_-]/g, '')) ?? null;
}

/** Whether one is worse than another; none is the mildest. */
export function isWorse(one: Severity | null, than: Severity | null): boolean {
  const rank = (severity: Severity | null) =>
    severity === null ? severities.length : severities.indexOf(severity);
  return rank(one) < rank(than);
}
