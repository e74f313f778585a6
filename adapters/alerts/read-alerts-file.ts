import type { AlertRoute } from '#domain/alert/alert-route.ts';
import type { LineOf, Problem } from '../yaml-file/read-yaml.ts';
import { invalidYaml, readYamlAs } from '../yaml-file/read-yaml-as.ts';
import { alertsSchema, toRoute, toTable } from './alerts-schema.ts';
import type { GenericTable } from './generic.ts';

/** What alerts.yaml says: where alerts go, and what payloads of other senders look like, by name. */
export interface AlertsFile {
  readonly routes: readonly AlertRoute[];
  readonly generic: Readonly<Record<string, GenericTable>>;
}

type ReadAlertsFile =
  | { readonly kind: 'alerts-file'; readonly file: AlertsFile }
  | { readonly kind: 'invalid'; readonly problems: readonly Problem[] };

/** Reads the text of an alerts.yaml. All that is wrong is told at once, in the order of the lines. */
export function readAlertsFile(source: string): ReadAlertsFile {
  const read = readYamlAs(source, alertsSchema, 'an alerts file');
  if (read.kind === 'invalid') return read;
  const { routes, generic } = read.value;
  const problems = takenNames(routes, read.lineOf);
  if (problems.length > 0) return invalidYaml(problems);
  const tables = Object.entries(generic).map(([name, table]) => [name, toTable(table)] as const);
  return { kind: 'alerts-file', file: { routes: routes.map(toRoute), generic: Object.fromEntries(tables) } };
}

function takenNames(routes: readonly { readonly name: string }[], lineOf: LineOf): readonly Problem[] {
  const names = routes.map(({ name }) => name);
  return names.flatMap((name, index) =>
    names.indexOf(name) < index
      ? [{ line: lineOf(['routes', index, 'name']), message: `routes[${index + 1}].name ${name} is taken` }]
      : [],
  );
}
