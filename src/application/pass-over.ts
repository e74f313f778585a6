import { readId, type StepId } from '#domain/ids.ts';
import type { ButtonPressed } from '#domain/intent.ts';
import { createContinueRun } from './continue-run.ts';
import type { Core } from './core.ts';
import { createDecideStep } from './decide-step.ts';

type Needs = Pick<
  Core,
  'unitOfWork' | 'ids' | 'commandParser' | 'lineDiff' | 'settings' | 'redact' | 'instance'
>;

/** "Skip": a decision on a step that still waits, a way on from one that ended without success. */
export function createPassOver(needs: Needs) {
  const decideStep = createDecideStep(needs);
  const continueRun = createContinueRun(needs);
  return async (intent: ButtonPressed): Promise<void> => {
    const id = readId<StepId>(intent.action.id);
    const step = id && (await needs.unitOfWork.within(intent.place.workspace, ({ runs }) => runs.step(id)));
    return step?.state === 'proposed' ? decideStep(intent, 'skipped') : continueRun(intent, 'without');
  };
}
