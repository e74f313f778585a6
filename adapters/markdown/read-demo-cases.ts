import { readFile } from 'node:fs/promises';
import { parse, stringify } from 'yaml';
import { z } from 'zod';
import type { NewVersion } from '#ports/stores/solution-store.ts';

const file = new URL('./demo-cases.yaml', import.meta.url);

const demoCase = z.strictObject({
  slug: z.string(),
  title: z.string(),
  symptoms: z.string(),
  root_cause: z.string(),
  resolution: z.string(),
  validation: z.string(),
  tags: z.array(z.string()),
  owner: z.string(),
  applies_to: z.strictObject({ os: z.string(), application: z.string() }),
});

/** The playground's invented past cases. */
export async function readDemoCases(): Promise<readonly NewVersion[]> {
  const cases = z.array(demoCase).parse(parse(await readFile(file, 'utf8')));
  return cases.map(({ slug, root_cause: rootCause, applies_to: appliesTo, ...rest }) => ({
    slug,
    content: { kind: 'case', case: { ...rest, rootCause, appliesTo } },
    text: stringify({ slug, rootCause, appliesTo, ...rest }),
    origin: `demo/${slug}`,
    author: rest.owner,
    source: 'import',
  }));
}
