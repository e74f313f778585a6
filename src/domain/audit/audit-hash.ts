import { createHash } from 'node:crypto';
import { canonicalJson } from '../canonical-json.ts';

/** What the first entry of a chain points back to. */
export const genesisHash = '0'.repeat(64);

/** One link of the chain, without its own hash. `at` is milliseconds since the epoch. */
export interface AuditLink {
  readonly sequence: number;
  readonly at: number;
  readonly actor: string;
  readonly event: string;
  readonly details: Readonly<Record<string, unknown>>;
  readonly previous: string;
}

/** SHA-256 over the canonical JSON of a link within its workspace; any changed field changes it. */
export function auditHash(workspace: string, link: AuditLink): string {
  const { sequence, at, actor, event, details, previous } = link;
  const canonical = canonicalJson({ workspace, sequence, at, actor, event, details, previous });
  return createHash('sha256').update(canonical).digest('hex');
}
