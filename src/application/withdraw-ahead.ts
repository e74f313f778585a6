import type { Run } from '#domain/run/run.ts';
import type { Transaction } from '#ports/unit-of-work.ts';
import { stampCard, type ViewNeeds } from './step-view.ts';

/** Takes back what was approved ahead of its turn and will not have it: a yes must not outlive what it was for. */
export async function withdrawAhead(needs: ViewNeeds, transaction: Transaction, run: Run): Promise<void> {
  for (const { id, state, fanOut } of await transaction.runs.steps(run.id)) {
    const isAhead = state === 'approved' && fanOut === null;
    const withdrawn = isAhead ? await transaction.runs.withdraw(id) : undefined;
    if (withdrawn) await stampCard(needs, transaction, withdrawn, 'approval');
  }
}
