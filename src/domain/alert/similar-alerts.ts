import type { Alert } from './alert.ts';

/** How much of the likeness each part is. */
const weights = { name: 0.5, labels: 0.5 } as const;
const leastLikeness = 0.6;
const mostShown = 3;

/** What two alerts of one rule need not share to be one problem: which of many it hit, and who tells. */
const passing: ReadonlySet<string> = new Set([
  'pod',
  'instance',
  'pod_name',
  'uid',
  'prometheus',
  'replica',
  'severity',
  'alertname',
  'startsAt',
]);

type Likened = Pick<Alert, 'source' | 'fingerprint' | 'name' | 'labels'>;

/** 0…1: the same alert is 1; else its name, and which share of the labels is the same on both sides. */
export function likenessOf(one: Likened, other: Likened): number {
  if (one.source === other.source && one.fingerprint === other.fingerprint) return 1;
  const name = one.name === other.name ? weights.name : 0;
  return name + weights.labels * sharedLabels(one.labels, other.labels);
}

function sharedLabels(one: Alert['labels'], other: Alert['labels']): number {
  const [mine, theirs] = [pairsOf(one), pairsOf(other)];
  const all = new Set([...mine, ...theirs]);
  return all.size === 0 ? 1 : [...mine].filter((pair) => theirs.has(pair)).length / all.size;
}

const pairsOf = (labels: Alert['labels']): ReadonlySet<string> =>
  new Set(
    Object.entries(labels)
      .filter(([name]) => !passing.has(name))
      .map((pair) => JSON.stringify(pair)),
  );

/** The past incidents that are most alike, each once; of equals the newest first. */
export function mostAlike<
  Past extends { readonly alert: Likened; readonly incident: string; readonly beganAt: number },
>(alert: Likened, past: readonly Past[]): readonly Past[] {
  const ranked = past
    .map((one) => ({ one, likeness: likenessOf(alert, one.alert) }))
    .filter(({ likeness }) => likeness >= leastLikeness)
    .toSorted((a, b) => b.likeness - a.likeness || b.one.beganAt - a.one.beganAt);
  const firsts = ranked.filter(
    ({ one }, at) => ranked.findIndex((other) => other.one.incident === one.incident) === at,
  );
  return firsts.slice(0, mostShown).map(({ one }) => one);
}
