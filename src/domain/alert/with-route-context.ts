import { type Context, type ContextLabel, contextLabels } from '../context.ts';
import { readAlertLabels } from '../message/alert-labels.ts';

const labelNames = {
  os: 'os',
  application: 'application',
  environment: 'environment',
  service: 'service',
  hostGroup: 'host_group',
} as const satisfies Record<ContextLabel, string>;

/** Labels with what the route knows of its alerts, where they do not say it themselves. Several environments are not told. */
export function withRouteContext(
  labels: Readonly<Record<string, string>>,
  context: Context,
): Readonly<Record<string, string>> {
  const { stated } = readAlertLabels(labels);
  const added = contextLabels.flatMap((label) => {
    const known = [context[label] ?? []].flat();
    return known.length === 1 && stated[label].length === 0
      ? [[labelNames[label], known[0] ?? ''] as const]
      : [];
  });
  return { ...labels, ...Object.fromEntries(added) };
}
