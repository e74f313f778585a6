import { type CheckList, hashCheckList } from '../approval/check-list.ts';
import type { Block, Button } from '../reply.ts';
import type { Run } from '../run/run.ts';
import type { Step, StepState } from '../run/step.ts';
import type { StepView } from './step-card.ts';
import { togetherLabel } from './together-blocks.ts';

/** What can be done with a step where it stands, and with its run. */
export function stepButtons(view: StepView): readonly Block[] {
  const letGo = view.lingering.length > 0 ? [plain('Go on all the same', 'let-go', view.step.id)] : [];
  const buttons = [...buttonsOf(view), ...letGo];
  return buttons.length === 0 ? [] : [{ kind: 'buttons', buttons }];
}

function buttonsOf({ step, run, mayTurnBack, together }: StepView): readonly Button[] {
  if (run.state !== 'active') return [];
  if (run.direction === 'rollback' && step.kind !== 'rollback') return [];
  const some = step.state === 'proposed' ? whileProposed(step, run, together) : afterwards(step, run);
  const undo = mayTurnBack && some.length > 0 && !onTheHost.includes(step.state);
  return undo ? [...some, plain('Roll back', 'rollback', run.id)] : some;
}

/** What runs on a host has to end before anything is undone. */
const onTheHost: readonly StepState[] = ['approved', 'claimed', 'running'];

const plain = (label: string, verb: Button['action']['verb'], id: string): Button => ({
  action: { verb, id },
  label,
  style: 'plain',
});

function whileProposed({ id, risk, round }: Step, run: Run, together: CheckList): readonly Button[] {
  const style = risk === 'destructive' ? 'danger' : 'primary';
  const label = togetherLabel(together);
  return [
    { action: { verb: 'approve', id }, label: 'Approve', style },
    ...(label === undefined ? [] : [plain(label, 'approve-checks', `${id}/${hashCheckList(together)}`)]),
    plain('Reject', 'reject', id),
    ...(round === 0 && Object.keys(run.parameters).length > 0 ? [plain('Edit parameters', 'edit', id)] : []),
    plain('Preview', 'preview', run.id),
    plain('Skip', 'skip', id),
    stop(run),
  ];
}

const stop = ({ id }: Run): Button => plain('Stop the run', 'stop', id);

function afterwards({ id, state, chosenAt }: Step, run: Run): readonly Button[] {
  if (chosenAt !== null) return [];
  switch (state) {
    case 'approved':
    case 'claimed':
    case 'running':
      return [stop(run)];
    case 'succeeded':
    case 'skipped':
      return [];
    default:
      return [plain('Propose again', 'retry', id), plain('Skip', 'skip', id), stop(run)];
  }
}
