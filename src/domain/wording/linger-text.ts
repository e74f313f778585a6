import type { Block } from '../reply.ts';
import type { StepView } from './step-card.ts';

/** What is said of changes that were lost sight of, on the card of each and of the steps that wait for them. */
export function lingerBlocks({ step, lingering }: Pick<StepView, 'step' | 'lingering'>): readonly Block[] {
  if (lingering.length === 0) return [];
  const where = lingering.join(', ');
  const isOwn = step.state !== 'proposed' && step.state !== 'approved' && step.state !== 'running';
  const lost = isOwn
    ? `It may still be at work on ${where}. No other change begins there, and nothing is rolled back, until the host says that it has ended.`
    : `A change that was lost sight of may still be at work on ${where}. This one begins there once the host says that it has ended.`;
  return [{ kind: 'note', line: [`⚠️ ${lost} ${risk}`] }];
}

const risk =
  'An approver who has looked at the host can press Go on all the same: then two changes may work there at once.';

export const nothingLingers = 'Nothing holds up the changes on its hosts any more.';

export const rollBackWaits =
  'A change of this run may still be at work on its host. Wait until the host says that it has ended; an approver can press Go on all the same on its card.';
