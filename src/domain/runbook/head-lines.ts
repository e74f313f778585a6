import type { Context } from '../context.ts';
import { yamlList, yamlMap, yamlScalar } from './yaml-text.ts';

interface Head {
  readonly title: string;
  readonly appliesTo: Context;
  readonly tags: readonly string[];
  readonly owner: string;
}

/** The lines of front matter that runbooks and cases have alike; what says nothing is left out. */
export function headLines({ title, appliesTo, tags, owner }: Head): readonly string[] {
  const labels = yamlMap({
    os: appliesTo.os,
    application: appliesTo.application,
    service: appliesTo.service,
    environment: appliesTo.environment,
    host_group: appliesTo.hostGroup,
  });
  return [
    `title: ${yamlScalar(title)}`,
    ...(labels === '{}' ? [] : [`applies_to: ${labels}`]),
    ...(tags.length === 0 ? [] : [`tags: ${yamlList(tags)}`]),
    ...(owner === '' ? [] : [`owner: ${yamlScalar(owner)}`]),
  ];
}
