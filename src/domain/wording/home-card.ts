import type { DecisionAnswer } from '../approval/may-decide.ts';
import type { Line, Reply } from '../reply.ts';
import type { Risk } from '../risk/risk.ts';
import { formatAge } from './format.ts';
import { noneFailing, noneTried } from './insights-card.ts';
import {
  incidentLine,
  type ListedIncident,
  type ListedRate,
  type ListedRun,
  rateLine,
  runLine,
  section,
  threadSpan,
} from './overview-lines.ts';

/** A step that waits, and whether the reader of the page may decide on it. */
export interface ListedApproval {
  readonly channel: string;
  readonly thread: string;
  readonly title: string;
  readonly runbook: string;
  readonly host: string;
  readonly risk: Risk;
  readonly requester: string;
  readonly expiresAt: number;
  readonly decision: DecisionAnswer | { readonly kind: 'decided' };
}

export interface Home {
  readonly incidents: readonly ListedIncident[];
  readonly approvals: readonly ListedApproval[];
  readonly runs: readonly ListedRun[];
  readonly top: readonly ListedRate[];
  readonly failing: readonly ListedRate[];
}

/** One person's own page. What waits for somebody comes first; decisions are made on the card in the thread. */
export function homeCard({ incidents, approvals, runs, top, failing }: Home, now: number): Reply {
  return {
    summary: `Waiting for approval: ${approvals.length}. Your open incidents: ${incidents.length}.`,
    tone: 'plain',
    blocks: [
      ...section(
        'Waiting for approval',
        approvals.map((approval) => approvalLine(approval, now)),
        'Nothing waits.',
      ),
      ...section(
        'Your open incidents',
        incidents.map((incident) => incidentLine(incident, now)),
        'None is open.',
      ),
      ...section(
        'Latest runs',
        runs.map((run) => runLine(run, now)),
        'Nothing was run yet.',
      ),
      ...section('What works', top.map(rateLine), noneTried),
      ...section('What fails', failing.map(rateLine), noneFailing),
    ],
  };
}

function approvalLine(approval: ListedApproval, now: number): Line {
  const { runbook, host, risk, requester, expiresAt } = approval;
  return [
    threadSpan(approval, approval.title),
    ` – ${runbook} on ${host}, `,
    { kind: 'bold', text: risk },
    `, asked for by ${requester}, expires in ${formatAge(expiresAt - now)}. ${mayText(approval.decision)}`,
  ];
}

function mayText(decision: ListedApproval['decision']): string {
  switch (decision.kind) {
    case 'allowed':
      return 'You can decide.';
    case 'decided':
      return 'You decided; another person must too.';
    case 'is-requester':
      return 'Somebody else must decide, because you asked for it.';
    case 'no-member':
      return 'Only full members of this workspace can approve it.';
    case 'nobody':
      return 'The policy lets nobody approve it.';
    case 'needs-role':
      return `It needs the role ${decision.role}.`;
  }
}
