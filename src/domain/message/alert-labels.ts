import type { ContextLabel } from '../context.ts';
import { ownValue } from '../text/own-value.ts';

/** What the labels of an alert tell. Label names are those that Prometheus and its kin use. */
export interface AlertLabels {
  /** Values that count as they are. */
  readonly stated: Readonly<Record<ContextLabel, readonly string[]>>;
  /** Texts that count only where they name a value that is known here. */
  readonly hints: Readonly<Record<ContextLabel, string>>;
  /** Names or addresses of machines. */
  readonly hosts: string;
}

/** The first of these that an alert has is its value. */
const statedBy: Readonly<Record<ContextLabel, readonly string[]>> = {
  os: ['os'],
  application: ['application', 'app', 'component'],
  environment: ['environment', 'env', 'stage'],
  service: ['service', 'job'],
  hostGroup: ['host_group'],
};

/** Names that mean different things in different places: `cluster` may be a host group, an environment or neither. */
const hintedBy: Readonly<Record<ContextLabel, readonly string[]>> = {
  os: ['platform'],
  application: ['job', 'service', 'role'],
  environment: ['cluster'],
  service: [],
  hostGroup: ['role', 'cluster'],
};

const hostLabels = ['instance', 'host', 'hostname', 'node'];

/** What collects a metric says nothing about what is wrong. */
const collector = /(?:exporter|kube-state-metrics|cadvisor|pushgateway|prometheus)$|^kubernetes-/iu;

export function readAlertLabels(labels: Readonly<Record<string, string>>): AlertLabels {
  const read = (name: string): string => {
    const value = ownValue(labels, name)?.trim() ?? '';
    return collector.test(value) ? '' : value;
  };
  const valuesOf = (names: readonly string[]) => names.map(read).filter((value) => value !== '');
  return {
    stated: eachLabel(statedBy, (names) => valuesOf(names).slice(0, 1)),
    hints: eachLabel(hintedBy, (names) => valuesOf(names).join(' ')),
    hosts: valuesOf(hostLabels).join(' '),
  };
}

function eachLabel<T>(
  names: Readonly<Record<ContextLabel, readonly string[]>>,
  read: (names: readonly string[]) => T,
): Readonly<Record<ContextLabel, T>> {
  return {
    os: read(names.os),
    application: read(names.application),
    environment: read(names.environment),
    service: read(names.service),
    hostGroup: read(names.hostGroup),
  };
}
