import { createHash } from 'node:crypto';
import { canonicalJson } from '../canonical-json.ts';
import type { Host } from '../host.ts';
import type { HostId, IncidentId, RunId, StepId, VersionId, WorkspaceId } from '../ids.ts';
import type { Risk } from '../risk/risk.ts';
import type { FanOut } from '../run/fan-out.ts';
import type { Retry } from '../run/retry.ts';
import { type Hop, hopOf } from '../run/way.ts';
import type { Given } from '../runbook/given.ts';

/** The hosts on the way, outermost first; null when one of them left the inventory, absent when there are none. */
interface BoundWay {
  readonly jump: string | null;
  readonly jumps?: readonly (Hop & { readonly host: HostId })[] | null;
}

/** What is bound of the way to a host. */
export const boundWay = ({ jump }: Host, jumps: readonly Host[] | null): BoundWay => ({
  jump,
  ...(jumps?.length !== 0 && {
    jumps: jumps?.map((host) => ({ host: host.id, ...hopOf(host) })) ?? null,
  }),
});

/** A host as an approval knows it. */
type BoundHost = Hop & BoundWay & { readonly host: HostId; readonly command: string };

/** Exactly what an approval is for. Change one field and the approval is worth nothing. */
export interface ApprovalBinding extends BoundWay {
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
  readonly command: string;
  /** Over a group: every host in the order of its turn, the canary first, and what holds them up. */
  readonly fanOut: (Omit<FanOut, 'targets'> & { readonly targets: readonly BoundHost[] }) | null;
  /** Names with their values, or with the names of the secrets that they hold. */
  readonly environment: Given['environment'];
  /** Absent when the command reads nothing. */
  readonly input?: Given['input'];
  readonly timeoutMs: number;
  /** What the card calls success: it decides whether the run goes on. */
  readonly expect: string | null;
  readonly exitCodes: readonly number[];
  /** Absent when it is tried once. */
  readonly retry?: Retry;
  readonly risk: Risk;
  readonly version: VersionId;
  readonly expiresAt: number;
  readonly nonce: string;
}

/** SHA-256 over the canonical JSON, in hex. */
export function hashBinding(binding: ApprovalBinding): string {
  return createHash('sha256').update(canonicalJson(binding), 'utf8').digest('hex');
}
