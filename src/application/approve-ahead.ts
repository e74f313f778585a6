import type { Person } from '#domain/person.ts';
import { stepCard } from '#domain/wording/step-card.ts';
import type { Transaction } from '#ports/unit-of-work.ts';
import type { Core } from './core.ts';
import { findTargets } from './find-targets.ts';
import { newStep, type Proposal } from './new-step.ts';
import { readStepView } from './step-view.ts';

type Needs = Pick<Core, 'ids' | 'commandParser' | 'settings' | 'redact'>;

/**
 * A check that was approved together with the one that waits: a step of its own, which waits for its turn. It has a card at
 * once when it comes next, and at its turn when it comes again after a change.
 */
export async function approveAhead(
  needs: Needs,
  transaction: Transaction,
  proposal: Proposal,
  person: Person,
  comes: 'next' | 'again',
): Promise<void> {
  const step = proposal.runbook.steps[proposal.position];
  const targets = await findTargets(needs, transaction, proposal);
  // What goes to a group gets a card of its own, with its hosts.
  if (!step || targets.kind !== 'found' || targets.fanOut !== null) return;
  const ahead = await newStep(needs, transaction, { proposal, step, targets });
  // What only reads is approved together; should the judgement differ now, it gets a card and a decision of its own.
  if (ahead.risk !== 'read-only') return;
  const { id: stepId, runId: run, binding, postId, risk } = ahead;
  await transaction.runs.propose(ahead);
  await transaction.runs.recordApproval({ stepId, personId: person.id, decision: 'approved', binding });
  const approved = await transaction.runs.decide(stepId, 'approved');
  const view =
    comes === 'next' && approved && (await readStepView(needs, transaction, approved, proposal.run));
  if (view) await transaction.outbox.post(postId, proposal, stepCard(view), 'approval');
  const details = { step: stepId, run, host: ahead.hostId, risk, binding, comes };
  await transaction.audit.append({ actor: person.externalId, event: 'step.approved', details });
}
