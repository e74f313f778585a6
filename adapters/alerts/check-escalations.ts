import type { z } from 'zod';
import type { Inside } from '#domain/read-inside.ts';
import type { LineOf, Problem } from '../yaml-file/read-yaml.ts';
import type { alertsSchema } from './alerts-schema.ts';

type Written = Pick<z.output<typeof alertsSchema>, 'routes' | 'escalations'>;

/** What is wrong between routes and escalations, each of which is right by itself. */
export const checkEscalations = (written: Written, lineOf: LineOf): readonly Problem[] => [
  ...unknownNames(written, lineOf),
  ...unusedNames(written, lineOf),
  ...foreignPlaces(written, lineOf),
];

function unknownNames({ routes, escalations }: Written, lineOf: LineOf): readonly Problem[] {
  const names = Object.keys(escalations);
  return routes.flatMap(({ escalate }, index) =>
    escalate === undefined || names.includes(escalate)
      ? []
      : [
          {
            line: lineOf(['routes', index, 'escalate']),
            message: `routes[${index + 1}].escalate ${escalate} is no name under escalations${names.length === 0 ? '' : `: ${names.join(', ')}`}`,
          },
        ],
  );
}

/** It calls nobody, whoever wrote it thinks that it does. */
function unusedNames({ routes, escalations }: Written, lineOf: LineOf): readonly Problem[] {
  return Object.keys(escalations)
    .filter((name) => !routes.some(({ escalate }) => escalate === name))
    .map((name) => ({
      line: lineOf(['escalations', name]),
      message: `escalations.${name} is used by no route; name it in the \`escalate\` of one, or take it away`,
    }));
}

/** An incident cannot be told of outside of its own workspace. */
function foreignPlaces(written: Written, lineOf: LineOf): readonly Problem[] {
  return written.routes.flatMap((route, index) => {
    const levels = route.escalate === undefined ? [] : (written.escalations[route.escalate] ?? []);
    const foreign = levels.flatMap(({ people, channel }, at) => [
      ...foreignTo(route.to, people).map((place) => ({ at, field: 'people', place })),
      ...foreignTo(route.to, channel ? [channel] : []).map((place) => ({ at, field: 'channel', place })),
    ]);
    return foreign.map(({ at, field, place }) => ({
      line: lineOf(['escalations', route.escalate ?? '', at, field]),
      message: `escalations.${route.escalate}[${at + 1}].${field} ${place.platform}:${place.workspace}/${place.id} is not in ${route.to.platform}:${route.to.workspace}, where routes[${index + 1}] (${route.name}) leads`,
    }));
  });
}

const foreignTo = (to: Inside, places: readonly Inside[]): readonly Inside[] =>
  places.filter(({ platform, workspace }) => platform !== to.platform || workspace !== to.workspace);
