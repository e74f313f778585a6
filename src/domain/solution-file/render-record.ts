import { yamlScalar } from '../runbook/yaml-text.ts';
import { everybody } from '../visibility/visibility.ts';
import type { VersionRecord } from './version-record.ts';

/** The key of the front matter under which a file of exported knowledge says what is kept beside its text. */
export const recordKey = 'recourse';

/** The record as lines of YAML, one a value. `slug` only where the name of the file cannot carry it. */
export function renderRecord(record: VersionRecord, slug: string | null): readonly string[] {
  const { version, state, reason, parent, author, source, origin, createdAt, audience } = record;
  const { visibility, channel, team } = audience ?? everybody;
  const values: readonly (readonly [string, string | number | null])[] = [
    ['slug', slug],
    ['version', version],
    ['parent', parent],
    ['state', state],
    ['reason', reason],
    ['source', source],
    ['author', author],
    ['origin', origin],
    // Nothing is said of what is for everybody and came from nowhere, as most that stood in a file did.
    ['visibility', visibility === 'workspace' ? null : visibility],
    ['channel', channel],
    ['team', team],
  ];
  return [
    `${recordKey}:`,
    ...values.flatMap(([key, value]) => (value === null ? [] : [`  ${key}: ${yamlScalar(value)}`])),
    `  created: ${new Date(createdAt).toISOString()}`,
  ];
}
