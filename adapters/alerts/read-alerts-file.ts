import type { AlertRoute } from '#domain/alert/alert-route.ts';
import type { AlertSettings } from '#domain/alert/alert-settings.ts';
import type { LineOf, Problem } from '../yaml-file/read-yaml.ts';
import { invalidYaml, readYamlAs } from '../yaml-file/read-yaml-as.ts';
import { alertsSchema, toEscalation, toRoute, toSettings, toTable } from './alerts-schema.ts';
import { checkEscalations } from './check-escalations.ts';
import type { GenericTable } from './generic.ts';

/** What alerts.yaml says: what it settles, where alerts go, and what payloads of other senders look like, by name. */
export interface AlertsFile {
  readonly settings: AlertSettings;
  readonly routes: readonly AlertRoute[];
  readonly generic: Readonly<Record<string, GenericTable>>;
}

/** What a payload is read and routed by. */
export type AlertTables = Pick<AlertsFile, 'routes' | 'generic'>;

type ReadAlertsFile =
  | { readonly kind: 'alerts-file'; readonly file: AlertsFile }
  | { readonly kind: 'invalid'; readonly problems: readonly Problem[] };

/** Reads the text of an alerts.yaml. All that is wrong is told at once, in the order of the lines. */
export function readAlertsFile(source: string): ReadAlertsFile {
  const read = readYamlAs(source, alertsSchema, 'an alerts file');
  if (read.kind === 'invalid') return read;
  const { routes: written, generic, settings, escalations } = read.value;
  const problems = [...takenNames(written, read.lineOf), ...checkEscalations(read.value, read.lineOf)];
  if (problems.length > 0) return invalidYaml(problems);
  const named = Object.entries(escalations).map((entry) => toEscalation(...entry));
  const routes = written.map((route) => toRoute(route, named));
  const tables = Object.entries(generic).map(([name, table]) => [name, toTable(table)] as const);
  const file = {
    settings: {
      ...toSettings(settings),
      leadsTo: routes.map(({ to }) => to),
      escalations: escalationsOf(routes),
    },
    routes,
    generic: Object.fromEntries(tables),
  };
  return { kind: 'alerts-file', file };
}

const escalationsOf = (routes: readonly AlertRoute[]): AlertSettings['escalations'] =>
  Object.fromEntries(
    routes.flatMap(({ name, escalation }) => (escalation === undefined ? [] : [[name, escalation] as const])),
  );

function takenNames(routes: readonly { readonly name: string }[], lineOf: LineOf): readonly Problem[] {
  const names = routes.map(({ name }) => name);
  return names.flatMap((name, index) =>
    names.indexOf(name) < index
      ? [{ line: lineOf(['routes', index, 'name']), message: `routes[${index + 1}].name ${name} is taken` }]
      : [],
  );
}
