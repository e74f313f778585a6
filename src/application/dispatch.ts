import { unreachable } from '#domain/fault.ts';
import type { ButtonPressed, ChatIntent } from '#domain/intent.ts';
import { createAnswerMessage } from './answer-message.ts';
import { createChooseSolution } from './choose-solution.ts';
import { createContinueRun, createStopRun } from './continue-run.ts';
import type { Core } from './core.ts';
import { createDecideStep } from './decide-step.ts';
import { createDismissRecommendation } from './dismiss-recommendation.ts';
import { createGiveVerdict, createHearReaction } from './give-verdict.ts';
import { createPassOver } from './pass-over.ts';
import { createRankSolutions } from './rank-solutions.ts';

/** The one table from what people do in a chat to the use case that answers it. */
export function createDispatch(core: Core): (intent: ChatIntent) => Promise<void> {
  const answerMessage = createAnswerMessage({ ...core, rankSolutions: createRankSolutions(core) });
  const chooseSolution = createChooseSolution(core);
  const hearReaction = createHearReaction(core);
  const press = createPress(core, chooseSolution);
  return (intent) => {
    switch (intent.kind) {
      case 'message-posted':
        return answerMessage(intent);
      case 'button-pressed':
        return press(intent);
      case 'form-submitted':
        return chooseSolution(intent);
      case 'reaction-changed':
        return hearReaction(intent);
      default:
        return unreachable(intent);
    }
  };
}

/** The table of buttons. */
function createPress(core: Core, chooseSolution: ReturnType<typeof createChooseSolution>) {
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
    worked: (intent) => giveVerdict(intent, 'worked'),
    partly: (intent) => giveVerdict(intent, 'partly'),
    failed: (intent) => giveVerdict(intent, 'failed'),
  } as const satisfies Record<ButtonPressed['action']['verb'], (intent: ButtonPressed) => Promise<void>>;
  return (intent: ButtonPressed) => verbs[intent.action.verb](intent);
}
