import { sql } from 'drizzle-orm';
import { Fault } from '#domain/fault.ts';
import type { WorkspaceId } from '#domain/ids.ts';
import type { Job } from '#domain/job.ts';
import type { Ids } from '#ports/ids.ts';
import type { Transaction, UnitOfWork } from '#ports/unit-of-work.ts';
import type { Executor, OpenDatabase } from './database.ts';
import { inWorkspace } from './in-workspace.ts';
import { readRows } from './read-rows.ts';
import { createAlertDueStore } from './stores/alert-due-store.ts';
import { createAlertEscalationStore } from './stores/alert-escalation-store.ts';
import { createAlertHistoryStore } from './stores/alert-history-store.ts';
import { createAlertJudgementStore } from './stores/alert-judgement-store.ts';
import { createAlertOpinionStore } from './stores/alert-opinion-store.ts';
import { createAlertStore } from './stores/alert-store.ts';
import { createAlertTicketStore } from './stores/alert-ticket-store.ts';
import { createAnswerFeedbackRows } from './stores/answer-feedback-rows.ts';
import { createAnswerStore } from './stores/answer-store.ts';
import { createAuditLog } from './stores/audit-log.ts';
import { createCaptureStore } from './stores/capture-store.ts';
import { createChannelStore } from './stores/channel-store.ts';
import { createFreezeStore } from './stores/freeze-store.ts';
import { createHeardStore } from './stores/heard-store.ts';
import { createHostStore } from './stores/host-store.ts';
import { createInbox } from './stores/inbox.ts';
import { createIncidentStore } from './stores/incident-store.ts';
import { createInsightsStore } from './stores/insights-store.ts';
import { createMergeStore } from './stores/merge-store.ts';
import { createOpeningStore } from './stores/opening-store.ts';
import { createOperationsStore } from './stores/operations-store.ts';
import { createOutbox } from './stores/outbox.ts';
import { createOverviewStore } from './stores/overview-store.ts';
import { createPeopleStore } from './stores/people-store.ts';
import { createRecommendationStore } from './stores/recommendation-store.ts';
import { createReviewStore } from './stores/review-store.ts';
import { createRunStore } from './stores/run-store.ts';
import { createSearchIndex } from './stores/search-index.ts';
import { createSecretRows } from './stores/secret-rows.ts';
import { createSignalStore } from './stores/signal-store.ts';
import { createSolutionStore } from './stores/solution-store.ts';
import { createSuggestionRows } from './stores/suggestion-rows.ts';
import { createVersionStore } from './stores/version-store.ts';
import { createVisibilityStore } from './stores/visibility-store.ts';
import { createWordsStore } from './stores/words-store.ts';
import { translateFault } from './translate-fault.ts';

/** What a store needs: the transaction, the workspace whose rows it writes, and keys for new ones. */
export interface StoreScope {
  readonly executor: Executor;
  readonly workspace: WorkspaceId;
  readonly ids: Ids;
}

/** Hands a job to the queue inside the given transaction. */
export type Enqueue = (executor: Executor, job: Job, afterMs?: number) => Promise<void>;

/** On a server the rows that a posting list is spread over are written once for all of them; memory bounds the rest. */
const solutionsAtOnce = { embedded: 20, server: 200 } as const satisfies Record<
  OpenDatabase['engine'],
  number
>;

export function createUnitOfWork(
  { engine, database }: Pick<OpenDatabase, 'engine' | 'database'>,
  ids: Ids,
  enqueue: Enqueue,
): UnitOfWork {
  return {
    solutionsAtOnce: solutionsAtOnce[engine],
    within: (workspace, work) =>
      repeatCollided(() =>
        translateFault(() =>
          inWorkspace(database, workspace, (executor) => work(bind({ executor, workspace, ids }, enqueue))),
        ),
      ),
  };
}

const attempts = 4;

/** A transaction that lost a deadlock was rolled back whole, and its work touches nothing else: it is done again. */
async function repeatCollided<T>(transact: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await transact();
    } catch (error) {
      const collided = error instanceof Fault && error.code === 'database-busy';
      if (!collided || attempt === attempts) throw error;
    }
  }
}

function bind(scope: StoreScope, enqueue: Enqueue): Transaction {
  return {
    workspace: scope.workspace,
    people: createPeopleStore(scope),
    channels: createChannelStore(scope),
    freezes: createFreezeStore(scope),
    alerts: createAlertStore(scope),
    alertHistory: createAlertHistoryStore(scope),
    alertJudgements: createAlertJudgementStore(scope),
    alertOpinions: createAlertOpinionStore(scope),
    alertDues: createAlertDueStore(scope),
    alertEscalations: createAlertEscalationStore(scope),
    alertTickets: createAlertTicketStore(scope),
    incidents: createIncidentStore(scope),
    answers: createAnswerStore(scope),
    answerFeedback: createAnswerFeedbackRows(scope),
    captures: createCaptureStore(scope),
    solutions: createSolutionStore(scope),
    versions: createVersionStore(scope),
    visibility: createVisibilityStore(scope),
    merges: createMergeStore(scope),
    reviews: createReviewStore(scope),
    suggestions: createSuggestionRows(scope),
    searchIndex: createSearchIndex(scope),
    recommendations: createRecommendationStore(scope),
    runs: createRunStore(scope),
    hosts: createHostStore(scope),
    signals: createSignalStore(scope),
    words: createWordsStore(scope),
    audit: createAuditLog(scope),
    outbox: createOutbox(scope),
    inbox: createInbox(scope),
    heard: createHeardStore(scope),
    operations: createOperationsStore(scope),
    secrets: createSecretRows(scope),
    openings: createOpeningStore(scope),
    overview: createOverviewStore(scope),
    insights: createInsightsStore(scope),
    now: () => databaseNow(scope.executor),
    enqueue: (job, afterMs) => enqueue(scope.executor, job, afterMs),
  };
}

async function databaseNow(executor: Executor): Promise<number> {
  const rows = await readRows<{ ms: string | number }>(
    executor,
    sql`select extract(epoch from now()) * 1000 as ms`,
  );
  return Math.floor(Number(rows[0]?.ms));
}
