import type { Operations } from '#ports/stores/operations-store.ts';

/** One gauge of the operators' numbers; null leaves the sample out, since "never" is not zero. */
export interface OperationsGauge {
  readonly name: string;
  readonly help: string;
  readonly read: (operations: Operations) => number | null;
}

/** The numbers without labels. */
export const operationsGauges: readonly OperationsGauge[] = [
  {
    name: 'recourse_approvals_pending',
    help: 'Proposed steps that wait for a decision.',
    read: (operations) => operations.approvalsPending,
  },
  {
    name: 'recourse_approval_oldest_age_seconds',
    help: 'Age of the oldest step that waits for a decision.',
    read: (operations) => operations.oldestApprovalAge,
  },
  {
    name: 'recourse_steps_unknown',
    help: 'Steps of which nobody knows whether they ran; a person must look.',
    read: (operations) => operations.stepsUnknown,
  },
  {
    name: 'recourse_inbox_waiting',
    help: 'Deliveries that are accepted and not worked on yet.',
    read: (operations) => operations.inboxWaiting,
  },
  {
    name: 'recourse_inbox_lag_seconds',
    help: 'Age of the oldest delivery that waits.',
    read: (operations) => operations.inboxLag,
  },
  {
    name: 'recourse_inbox_dead',
    help: 'Deliveries that failed for good.',
    read: (operations) => operations.inboxDead,
  },
  {
    name: 'recourse_outbox_waiting',
    help: 'Messages that are not posted yet.',
    read: (operations) => operations.outboxWaiting,
  },
  {
    name: 'recourse_outbox_lag_seconds',
    help: 'Age of the oldest message that is not posted yet.',
    read: (operations) => operations.outboxLag,
  },
  {
    name: 'recourse_outbox_dead',
    help: 'Messages given up for good in the last seven days.',
    read: (operations) => operations.outboxDead,
  },
  {
    name: 'recourse_fold_age_seconds',
    help: 'Time since success rates were last folded; the oldest of all workspaces.',
    read: (operations) => operations.lastFoldAge,
  },
];
