import { unreachable } from '#domain/fault.ts';
import type { WorkspaceId } from '#domain/ids.ts';
import type { ButtonPressed, Intent } from '#domain/intent.ts';
import { createAnswerMessage } from './answer-message.ts';
import { createChooseSolution } from './choose-solution.ts';
import { createContinueRun, createStopRun } from './continue-run.ts';
import type { Core } from './core.ts';
import { createDecideStep } from './decide-step.ts';
import { createDismissRecommendation } from './dismiss-recommendation.ts';
import { createGiveVerdict, createHearReaction } from './give-verdict.ts';
import { createHearDeletion } from './hear-deletion.ts';
import { createHearEdit } from './hear-edit.ts';
import { createPassOver } from './pass-over.ts';
import { createRankSolutions, type RankSolutions } from './rank-solutions.ts';
import { createShowClosest } from './show-closest.ts';

/** The one table from whatever comes in to the use case that answers it. */
export type Dispatch = (intent: Intent) => Promise<void>;

export function createDispatch(core: Core): Dispatch {
  const rankSolutions = createRankSolutions(core);
  const answerMessage = createAnswerMessage({ ...core, rankSolutions });
  const chooseSolution = createChooseSolution(core);
  const hearEdit = createHearEdit({ ...core, rankSolutions, answerMessage });
  const hearDeletion = createHearDeletion(core);
  const hearReaction = createHearReaction(core);
  const press = createPress(core, chooseSolution, rankSolutions);
  return (intent) => {
    switch (intent.kind) {
      case 'message-posted':
        return answerMessage(intent);
      case 'message-edited':
        return hearEdit(intent);
      case 'message-deleted':
        return hearDeletion(intent);
      case 'button-pressed':
        return press(intent);
      case 'form-submitted':
        return chooseSolution(intent);
      case 'reaction-changed':
        return hearReaction(intent);
      case 'fold-due':
        return enqueueFold(core, intent.workspace);
      default:
        return unreachable(intent);
    }
  };
}

/** The table of buttons. */
function createPress(
  core: Core,
  chooseSolution: ReturnType<typeof createChooseSolution>,
  rankSolutions: RankSolutions,
) {
  const decideStep = createDecideStep(core);
  const continueRun = createContinueRun(core);
  const giveVerdict = createGiveVerdict(core);
  const verbs = {
    use: chooseSolution,
    parameters: chooseSolution,
    dismiss: createDismissRecommendation(core),
    approve: (intent) => decideStep(intent, 'approved'),
    reject: (intent) => decideStep(intent, 'rejected'),
    skip: createPassOver(core),
    retry: (intent) => continueRun(intent, 'again'),
    stop: createStopRun(core),
    closest: createShowClosest({ ...core, rankSolutions }),
    worked: (intent) => giveVerdict(intent, 'worked'),
    partly: (intent) => giveVerdict(intent, 'partly'),
    failed: (intent) => giveVerdict(intent, 'failed'),
  } as const satisfies Record<ButtonPressed['action']['verb'], (intent: ButtonPressed) => Promise<void>>;
  return (intent: ButtonPressed) => verbs[intent.action.verb](intent);
}

/** The clock only hands the work to the queue; a lease makes one replica do it. */
function enqueueFold({ unitOfWork }: Core, workspace: WorkspaceId): Promise<void> {
  return unitOfWork.within(workspace, ({ enqueue }) => enqueue({ kind: 'fold', workspace }));
}
