import type { WorkspaceId } from '#domain/ids.ts';
import type { Job } from '#domain/job.ts';
import type { AlertDueStore } from './stores/alert-due-store.ts';
import type { AlertEscalationStore } from './stores/alert-escalation-store.ts';
import type { AlertHistoryStore } from './stores/alert-history-store.ts';
import type { AlertJudgementStore } from './stores/alert-judgement-store.ts';
import type { AlertOpinionStore } from './stores/alert-opinion-store.ts';
import type { AlertStore } from './stores/alert-store.ts';
import type { AlertTicketStore } from './stores/alert-ticket-store.ts';
import type { AnswerFeedback } from './stores/answer-feedback.ts';
import type { AnswerStore } from './stores/answer-store.ts';
import type { AuditLog } from './stores/audit-log.ts';
import type { CaptureStore } from './stores/capture-store.ts';
import type { ChannelStore } from './stores/channel-store.ts';
import type { FreezeStore } from './stores/freeze-store.ts';
import type { HeardStore } from './stores/heard-store.ts';
import type { HostStore } from './stores/host-store.ts';
import type { Inbox } from './stores/inbox.ts';
import type { IncidentStore } from './stores/incident-store.ts';
import type { InsightsStore } from './stores/insights-store.ts';
import type { MergeStore } from './stores/merge-store.ts';
import type { OpeningStore } from './stores/opening-store.ts';
import type { OperationsStore } from './stores/operations-store.ts';
import type { Outbox } from './stores/outbox.ts';
import type { OverviewStore } from './stores/overview-store.ts';
import type { PeopleStore } from './stores/people-store.ts';
import type { RecommendationStore } from './stores/recommendation-store.ts';
import type { ReviewStore } from './stores/review-store.ts';
import type { RunStore } from './stores/run-store.ts';
import type { SearchIndex } from './stores/search-index.ts';
import type { SecretRows } from './stores/secret-rows.ts';
import type { SignalStore } from './stores/signal-store.ts';
import type { SolutionStore } from './stores/solution-store.ts';
import type { SuggestionStore } from './stores/suggestion-store.ts';
import type { VersionStore } from './stores/version-store.ts';
import type { VisibilityStore } from './stores/visibility-store.ts';
import type { WordsStore } from './stores/words-store.ts';

/** What work inside a transaction may touch: rows of one workspace, and nothing outside the database. */
export interface Transaction {
  /** Whose rows these are. */
  readonly workspace: WorkspaceId;
  readonly people: PeopleStore;
  readonly channels: ChannelStore;
  readonly freezes: FreezeStore;
  readonly alerts: AlertStore;
  readonly alertHistory: AlertHistoryStore;
  readonly alertJudgements: AlertJudgementStore;
  readonly alertOpinions: AlertOpinionStore;
  readonly alertDues: AlertDueStore;
  readonly alertEscalations: AlertEscalationStore;
  readonly alertTickets: AlertTicketStore;
  readonly incidents: IncidentStore;
  readonly answers: AnswerStore;
  readonly answerFeedback: AnswerFeedback;
  readonly captures: CaptureStore;
  readonly solutions: SolutionStore;
  readonly versions: VersionStore;
  readonly visibility: VisibilityStore;
  readonly merges: MergeStore;
  readonly reviews: ReviewStore;
  readonly suggestions: SuggestionStore;
  readonly searchIndex: SearchIndex;
  readonly recommendations: RecommendationStore;
  readonly runs: RunStore;
  readonly hosts: HostStore;
  readonly signals: SignalStore;
  readonly words: WordsStore;
  readonly audit: AuditLog;
  readonly outbox: Outbox;
  readonly inbox: Inbox;
  readonly heard: HeardStore;
  readonly operations: OperationsStore;
  readonly secrets: SecretRows;
  readonly openings: OpeningStore;
  readonly overview: OverviewStore;
  readonly insights: InsightsStore;
  /** Database time, milliseconds since the epoch: the only clock that decides expiry. */
  now(): Promise<number>;
  /** Hands a job to the queue, for `afterMs` from now; it becomes visible when the transaction commits. */
  enqueue(job: Job, afterMs?: number): Promise<void>;
}

/** The only way to a transaction. No SSH, HTTP, chat or model call belongs inside the callback. */
export interface UnitOfWork {
  /** Solutions that one transaction may write and index: few where the database would block this process meanwhile. */
  readonly solutionsAtOnce: number;
  /**
   * Commits when `work` resolves, rolls back when it throws. Only rows of `workspace` are visible. When two
   * transactions stand in each other's way, `work` of one is rolled back and called again.
   */
  within<T>(workspace: WorkspaceId, work: (transaction: Transaction) => Promise<T>): Promise<T>;
}
