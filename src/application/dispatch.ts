import { unreachable } from '#domain/fault.ts';
import type { WorkspaceId } from '#domain/ids.ts';
import type { ButtonPressed, FormSubmitted, Intent } from '#domain/intent.ts';
import { createAnswerMessage } from './answer-message.ts';
import { createApproveChecks } from './approve-checks.ts';
import { createAskTickets } from './ask-tickets.ts';
import { createChooseSolution } from './choose-solution.ts';
import { createCommentRecommendation } from './comment-recommendation.ts';
import { createContinueRun, createStopRun } from './continue-run.ts';
import type { Core } from './core.ts';
import { createDecideDraft } from './decide-draft.ts';
import { createDecideStep } from './decide-step.ts';
import { createDiscardCase } from './discard-case.ts';
import { createDismissRecommendation } from './dismiss-recommendation.ts';
import { createEditParameters } from './edit-parameters.ts';
import { createFollowThread } from './follow-thread.ts';
import { createGiveVerdict, createHearReaction } from './give-verdict.ts';
import { createHearDeletion } from './hear-deletion.ts';
import { createHearEdit } from './hear-edit.ts';
import { createHearTick } from './hear-tick.ts';
import { createJudgeAlerts } from './judge-alerts.ts';
import { createKeepUnused } from './keep-unused.ts';
import { createLetGo } from './let-go.ts';
import { createMakeRunbook } from './make-runbook.ts';
import { createMissForm } from './miss-form.ts';
import { createPassOver } from './pass-over.ts';
import { createPostInsights } from './post-insights.ts';
import { createPressMerge } from './press-merge.ts';
import { createPressUnmerge } from './press-unmerge.ts';
import { createRankSolutions, type RankSolutions } from './rank-solutions.ts';
import { createRestoreVersion } from './restore-version.ts';
import { createReviewDeprecated } from './review-deprecated.ts';
import { createReviewVersion } from './review-versions.ts';
import { createRollBack } from './roll-back.ts';
import { createRunByName } from './run-by-name.ts';
import { createSaveCase } from './save-case.ts';
import { createDismissSuggestion } from './settle-suggestion.ts';
import { createShowClosest } from './show-closest.ts';
import { createShowOthers } from './show-others.ts';
import { createSnoozeAlerts } from './snooze-alerts.ts';
import { createTakeAlerts } from './take-alerts.ts';

/** The one table from whatever comes in to the use case that answers it. */
export type Dispatch = (intent: Intent) => Promise<void>;

export function createDispatch(core: Core): Dispatch {
  const rankSolutions = createRankSolutions(core);
  const answerMessage = createAnswerMessage({ ...core, rankSolutions });
  const hearEdit = createHearEdit({ ...core, rankSolutions, answerMessage });
  const hearDeletion = createHearDeletion(core);
  const hearReaction = createHearReaction(core);
  const followThread = createFollowThread(core);
  const hearTick = createHearTick(core);
  const press = createPress(core, rankSolutions);
  const submit = createSubmit(core);
  return async (intent) => {
    switch (intent.kind) {
      case 'message-posted':
        await answerMessage(intent);
        return followThread(intent);
      case 'message-edited':
        return hearEdit(intent);
      case 'message-deleted':
        return hearDeletion(intent);
      case 'button-pressed':
        return press(intent);
      case 'form-submitted':
        return submit(intent);
      case 'reaction-changed':
        await hearReaction(intent);
        return hearTick(intent);
      case 'command-given':
      case 'home-opened':
      case 'person-changed':
        // Answered at the door; a row of the inbox only remembers the delivery.
        return undefined;
      case 'fold-due':
        return enqueueFold(core, intent.workspace);
      default:
        return unreachable(intent);
    }
  };
}

type Press = (intent: ButtonPressed) => Promise<void>;

/** Its part about cases. */
function createCasePress(core: Core) {
  const decideDraft = createDecideDraft(core);
  return {
    'save-case': createSaveCase(core),
    'make-runbook': createMakeRunbook(core),
    'no-runbook': createDismissSuggestion(core),
    'approve-draft': (intent) => decideDraft(intent, 'approve'),
    'discard-draft': (intent) => decideDraft(intent, 'discard'),
    'discard-case': createDiscardCase(core),
    'merge-case': createPressMerge(core),
    'unmerge-case': createPressUnmerge(core),
  } as const satisfies Partial<Record<ButtonPressed['action']['verb'], Press>>;
}

/** Those on cards of alerts. */
function createAlertPress(core: Core) {
  const judgeAlerts = createJudgeAlerts(core);
  return {
    noise: (intent) => judgeAlerts(intent, 'noise'),
    real: (intent) => judgeAlerts(intent, 'real'),
    snooze: createSnoozeAlerts(core),
    take: createTakeAlerts(core),
    ticket: createAskTickets(core),
  } as const satisfies Partial<Record<ButtonPressed['action']['verb'], Press>>;
}

/** The table of buttons. */
function createPress(core: Core, rankSolutions: RankSolutions) {
  const chooseSolution = createChooseSolution(core);
  const decideStep = createDecideStep(core);
  const continueRun = createContinueRun(core);
  const giveVerdict = createGiveVerdict(core);
  const verbs = {
    use: chooseSolution,
    parameters: chooseSolution,
    dismiss: createDismissRecommendation(core),
    approve: (intent) => decideStep(intent, 'approved'),
    'approve-checks': createApproveChecks(core),
    reject: (intent) => decideStep(intent, 'rejected'),
    skip: createPassOver(core),
    retry: (intent) => continueRun(intent, 'again'),
    stop: createStopRun(core),
    rollback: createRollBack(core),
    'let-go': createLetGo(core),
    closest: createShowClosest({ ...core, rankSolutions }),
    others: createShowOthers({ ...core, rankSolutions }),
    worked: (intent) => giveVerdict(intent, 'worked'),
    partly: (intent) => giveVerdict(intent, 'partly'),
    failed: (intent) => giveVerdict(intent, 'failed'),
    // What these open is opened at the door; whoever may not is told why here.
    comment: createCommentRecommendation(core),
    more: createMissForm(core),
    preview: createMissForm(core),
    review: createReviewVersion(core),
    'approve-version': createReviewVersion(core),
    'reject-version': createReviewVersion(core),
    run: createMissForm(core),
    edit: createEditParameters(core),
    'restore-version': createRestoreVersion(core),
    revive: createReviewDeprecated(core),
    retire: createReviewDeprecated(core),
    keep: createKeepUnused(core),
    insights: createPostInsights(core),
    ...createAlertPress(core),
    ...createCasePress(core),
  } as const satisfies Record<ButtonPressed['action']['verb'], Press>;
  return (intent: ButtonPressed) => verbs[intent.action.verb](intent);
}

/** The table of forms, by the verb that they carry. */
function createSubmit(core: Core) {
  const forms: Partial<Record<FormSubmitted['action']['verb'], (intent: FormSubmitted) => Promise<void>>> = {
    parameters: createChooseSolution(core),
    run: createRunByName(core),
    edit: createEditParameters(core),
    comment: createCommentRecommendation(core),
    'save-case': createSaveCase(core),
    'make-runbook': createMakeRunbook(core),
    'approve-version': createReviewVersion(core),
    'reject-version': createReviewVersion(core),
    revive: createReviewDeprecated(core),
    retire: createReviewDeprecated(core),
    snooze: createSnoozeAlerts(core),
    ticket: createAskTickets(core),
  };
  const missForm = createMissForm(core);
  return (intent: FormSubmitted) => (forms[intent.action.verb] ?? missForm)(intent);
}

/** The clock only hands the work to the queue; a lease makes one replica do it. */
function enqueueFold({ unitOfWork }: Core, workspace: WorkspaceId): Promise<void> {
  return unitOfWork.within(workspace, ({ enqueue }) => enqueue({ kind: 'fold', workspace }));
}
