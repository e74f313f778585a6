import type { WorkspaceId } from '#domain/ids.ts';
import { auditHeadCard } from '#domain/wording/audit-head-card.ts';
import type { Core } from './core.ts';

type Needs = Pick<Core, 'unitOfWork' | 'leases' | 'ids' | 'postsWaiting'>;

/** At most one post in this time, whatever the number of replicas. */
const everyMs = 3_600_000;

/**
 * Posts the head of a workspace's chain into a channel when something came since the last post. That it was posted is
 * an entry itself, so that the next head covers it, and by which a chain without news is known.
 */
export function createPostAuditHead({ unitOfWork, leases, ids, postsWaiting }: Needs) {
  return async (workspace: WorkspaceId, channel: string): Promise<void> => {
    const head = await unitOfWork.within(workspace, ({ audit }) => audit.newest());
    if (head === undefined || head.event === posted) return;
    // Never given back: whoever comes within the hour finds it taken.
    if (!(await leases.acquire(`audit-head:${workspace}`, ids.nonce(), everyMs))) return;
    await unitOfWork.within(workspace, async ({ audit, outbox }) => {
      const { sequence, hash } = head;
      await audit.append({ actor: 'recourse', event: posted, details: { channel, sequence, hash } });
      await outbox.post(ids.next(), { channel, thread: null }, auditHeadCard(workspace, head), 'progress');
    });
    postsWaiting();
  };
}

const posted = 'audit.head-posted';
