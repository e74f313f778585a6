import type { AlertSource } from '../alert/alert.ts';
import type { Role } from '../person.ts';
import type { Risk } from '../risk/risk.ts';
import type { TicketAction } from '../ticket/ticket.ts';
import type { ChangeWindow, Freeze } from './change-hours.ts';

/** The least role that may do something; `nobody` forbids it to all. */
export type Least = Role | 'nobody';

/**
 * What counts for one step of one run.
 * - `see`: who may be shown the runbook.
 * - `request`: who may begin a run of it.
 * - `approve`: who may say yes to the step, and `approvals` how many different people must.
 * - `run`: what whoever began the run must still be when the step is about to run.
 * - `requesterApproves`: whether whoever asked for a change may be one of those who approve it.
 */
export interface Terms {
  readonly see: Least;
  readonly request: Least;
  readonly approve: Least;
  readonly run: Least;
  readonly approvals: number;
  readonly requesterApproves: boolean;
}

/**
 * What a rule is about; an absent condition fits anything. Patterns may have `*`. Channels are the platform's ids, because
 * names can be changed by whoever wants to fit. A host in several environments fits only when all of them are named.
 */
export interface PolicyScope {
  readonly risks?: readonly Risk[] | undefined;
  readonly environments?: readonly string[] | undefined;
  readonly channels?: readonly string[] | undefined;
  readonly runbooks?: readonly string[] | undefined;
  readonly hosts?: readonly string[] | undefined;
}

/** Other terms than the defaults for what fits; of several rules that fit, the first one that says something counts. */
export interface PolicyRule {
  readonly name: string;
  readonly scope: PolicyScope;
  readonly terms: { readonly [Name in keyof Terms]?: Terms[Name] | undefined };
}

/**
 * Where diagnostics that only read may run without a person, once this version of the runbook has proved itself: at least `uses` counted
 * uses with a success rate of at least `success` (0…1).
 */
export interface AutonomyRule {
  readonly channels?: readonly string[] | undefined;
  readonly runbooks?: readonly string[] | undefined;
  readonly success: number;
  readonly uses: number;
}

/** Systems whose tickets can be told and resolved. */
export const settledSystems = [
  'pagerduty',
  'opsgenie',
  'jira',
  'servicenow',
] as const satisfies readonly AlertSource[];
export type SettledSystem = (typeof settledSystems)[number];

export const settlingActions = ['comment', 'resolve'] as const satisfies readonly TicketAction[];

/**
 * Where tickets are told or resolved without a person, once a run was shown to have helped and has stayed so for `afterMs`.
 * Of several rules that fit a ticket, the first one counts.
 */
export interface TicketRule {
  readonly name: string;
  readonly channels?: readonly string[] | undefined;
  readonly runbooks?: readonly string[] | undefined;
  readonly systems?: readonly SettledSystem[] | undefined;
  readonly actions: readonly (typeof settlingActions)[number][];
  readonly afterMs: number;
}

/** For teams of one: up to this risk the requester alone approves, once for each step; every time it is audited as such. */
export type SingleOperator = 'off' | 'mutating' | 'destructive';

/** What the operator decided about who may do what, where and when. */
export interface Policy {
  readonly rules: readonly PolicyRule[];
  readonly windows: readonly ChangeWindow[];
  readonly freezes: readonly Freeze[];
  readonly autonomy: readonly AutonomyRule[];
  readonly tickets: readonly TicketRule[];
  readonly singleOperator: SingleOperator;
}

/** What counts where nobody decided anything: DESIGN §6. */
export const defaultPolicy: Policy = {
  rules: [],
  windows: [],
  freezes: [],
  autonomy: [],
  tickets: [],
  singleOperator: 'off',
};

/** The terms of each risk where no rule says otherwise; for what harms more, no rule can ask for less (`floors`). */
export const defaultTerms = {
  'read-only': {
    see: 'viewer',
    request: 'responder',
    approve: 'responder',
    run: 'responder',
    approvals: 1,
    requesterApproves: true,
  },
  mutating: {
    see: 'viewer',
    request: 'responder',
    approve: 'approver',
    run: 'responder',
    approvals: 1,
    requesterApproves: false,
  },
  destructive: {
    see: 'viewer',
    request: 'responder',
    approve: 'approver',
    run: 'responder',
    approvals: 2,
    requesterApproves: false,
  },
} as const satisfies Record<Risk, Terms>;

/** The least that a rule may ask for. Two people for a loss, and never the one who asked: only `singleOperator` goes below. */
export const floors = {
  'read-only': { request: 'responder', approve: 'responder', run: 'responder', approvals: 1 },
  mutating: { request: 'responder', approve: 'approver', run: 'responder', approvals: 1 },
  destructive: { request: 'responder', approve: 'approver', run: 'responder', approvals: 2 },
} as const satisfies Record<Risk, Pick<Terms, 'request' | 'approve' | 'run' | 'approvals'>>;
