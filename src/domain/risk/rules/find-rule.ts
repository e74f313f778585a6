import type { ProgramRule, RuleTable } from '../rule.ts';
import { automationRules } from './automation.ts';
import { cloudRules } from './clouds.ts';
import { clusterToolRules } from './cluster-tools.ts';
import { containerRules } from './containers.ts';
import { coordinationRules } from './coordination.ts';
import { daemonRules } from './daemons.ts';
import { databaseRules } from './databases.ts';
import { debuggingRules } from './debugging.ts';
import { fileRules } from './files.ts';
import { firewallRules } from './firewalls.ts';
import { gitRules } from './git.ts';
import { kubernetesRules } from './kubernetes.ts';
import { messagingRules } from './messaging.ts';
import { monitoringRules } from './monitoring.ts';
import { networkRules } from './network.ts';
import { packageRules } from './packages.ts';
import { serviceRules } from './services.ts';
import { shellRules } from './shells.ts';
import { storageRules } from './storage.ts';
import { systemRules } from './system.ts';
import { textRules } from './text.ts';
import { tlsRules } from './tls.ts';
import { userRules } from './users.ts';

const tables: readonly RuleTable[] = [
  shellRules,
  fileRules,
  storageRules,
  textRules,
  systemRules,
  serviceRules,
  daemonRules,
  userRules,
  debuggingRules,
  monitoringRules,
  networkRules,
  tlsRules,
  firewallRules,
  kubernetesRules,
  clusterToolRules,
  containerRules,
  databaseRules,
  messagingRules,
  coordinationRules,
  cloudRules,
  automationRules,
  packageRules,
  gitRules,
];

const rules: ReadonlyMap<string, ProgramRule> = indexRules();

/** Every program by its name. Two rules for one program are a mistake that would hide the stricter one. */
function indexRules(): ReadonlyMap<string, ProgramRule> {
  const index = new Map<string, ProgramRule>();
  for (const [names, rule] of tables.flatMap((table) => Object.entries(table))) {
    for (const name of names.split(' ')) {
      if (index.has(name)) throw new Error(`two risk rules for the program ${name}`);
      index.set(name, rule);
    }
  }
  return index;
}

/** The rule of a program by its name without directory; undefined means that nobody has judged the program yet. */
export function findRule(program: string): ProgramRule | undefined {
  return rules.get(program);
}
