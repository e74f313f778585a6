import { createHash } from 'node:crypto';
import { canonicalJson } from '../canonical-json.ts';
import type { HostId, IncidentId, RunId, StepId, VersionId, WorkspaceId } from '../ids.ts';
import type { Risk } from '../risk/risk.ts';
import type { Given } from '../runbook/given.ts';

/** Exactly what an approval is for. Change one field and the approval is worth nothing. */
export interface ApprovalBinding {
  readonly workspace: WorkspaceId;
  readonly incident: IncidentId;
  readonly run: RunId;
  readonly step: StepId;
  readonly attempt: number;
  readonly host: HostId;
  readonly address: string;
  readonly port: number;
  readonly user: string;
  /** The pinned host key; a host that is pinned anew needs a new approval. */
  readonly hostKey: string | null;
  readonly jump: string | null;
  readonly command: string;
  /** Names with their values, or with the names of the secrets that they hold. */
  readonly environment: Given['environment'];
  /** Absent when the command reads nothing. */
  readonly input?: Given['input'];
  readonly timeoutMs: number;
  readonly risk: Risk;
  readonly version: VersionId;
  readonly expiresAt: number;
  readonly nonce: string;
}

/** SHA-256 over the canonical JSON, in hex. */
export function hashBinding(binding: ApprovalBinding): string {
  return createHash('sha256').update(canonicalJson(binding), 'utf8').digest('hex');
}
