import type { ProgramRule, RuleTable } from '../rule.ts';
import { containerRules } from './containers.ts';
import { databaseRules } from './databases.ts';
import { fileRules } from './files.ts';
import { kubernetesRules } from './kubernetes.ts';
import { networkRules } from './network.ts';
import { packageRules } from './packages.ts';
import { serviceRules } from './services.ts';
import { shellRules } from './shells.ts';
import { systemRules } from './system.ts';
import { textRules } from './text.ts';

const tables: readonly RuleTable[] = [
  shellRules,
  fileRules,
  textRules,
  systemRules,
  serviceRules,
  networkRules,
  kubernetesRules,
  containerRules,
  databaseRules,
  packageRules,
];

const rules: ReadonlyMap<string, ProgramRule> = new Map(
  tables
    .flatMap((table) => Object.entries(table))
    .flatMap(([names, rule]) => names.split(' ').map((name): [string, ProgramRule] => [name, rule])),
);

/** The rule of a program by its name without directory; undefined means that nobody has judged the program yet. */
export function findRule(program: string): ProgramRule | undefined {
  return rules.get(program);
}
