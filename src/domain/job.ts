import type { AlertIncidentId, RunId, StepId, WorkspaceId } from './ids.ts';

/** Background work, carried by the durable queue. A job may arrive twice; what it does must bear that. */
export type Job =
  | { readonly kind: 'execute-step'; readonly workspace: WorkspaceId; readonly stepId: StepId }
  | {
      readonly kind: 'inquire-step';
      readonly workspace: WorkspaceId;
      readonly stepId: StepId;
      /** How often its host was asked before; absent when it was not. */
      readonly look?: number;
    }
  | { readonly kind: 'consult-model'; readonly workspace: WorkspaceId; readonly runId: RunId }
  | {
      readonly kind: 'consult-noise';
      readonly workspace: WorkspaceId;
      readonly incident: AlertIncidentId;
      /** When its card was opened, in milliseconds since the epoch. */
      readonly openedAt: number;
    }
  | { readonly kind: 'fold'; readonly workspace: WorkspaceId };

export const jobKinds = [
  'execute-step',
  'inquire-step',
  'consult-model',
  'consult-noise',
  'fold',
] as const satisfies readonly Job['kind'][];
