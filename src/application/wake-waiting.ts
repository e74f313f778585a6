import type { WorkspaceId } from '#domain/ids.ts';
import type { Step } from '#domain/run/step.ts';
import type { Transaction } from '#ports/unit-of-work.ts';

/** A change on a host has ended: what was approved meanwhile and had to wait for it gets its turn. */
export async function wakeWaiting(
  { runs, hosts, enqueue }: Transaction,
  workspace: WorkspaceId,
  { hostId, risk }: Pick<Step, 'hostId' | 'risk'>,
): Promise<void> {
  if (risk === 'read-only') return;
  await hosts.hold(hostId);
  for (const stepId of await runs.changesOn(hostId, 'approved'))
    await enqueue({ kind: 'execute-step', workspace, stepId });
}
