import type { Anchor } from '#domain/audit/audit-entry.ts';
import type { WorkspaceId } from '#domain/ids.ts';
import type { AuditAnchor } from '#ports/audit-anchor.ts';
import type { Core } from './core.ts';

type Needs = Pick<Core, 'unitOfWork' | 'workspaces' | 'clock' | 'logger'> & { readonly anchor: AuditAnchor };

/**
 * Puts the head of every chain that has grown down outside the database. A chain that is shorter than what was put
 * down before is not anchored again: the log says so, and `audit verify` names the entry.
 */
export function createAnchorAudit(needs: Needs) {
  let reached: Map<WorkspaceId, number> | undefined;
  const cut = new Set<WorkspaceId>();
  return async (): Promise<void> => {
    reached ??= await readReached(needs.anchor);
    const anchors: Anchor[] = [];
    for (const { id } of await needs.workspaces.all())
      anchors.push(...(await findNew(needs, { workspace: id, anchored: reached.get(id) ?? 0, cut })));
    if (anchors.length > 0) await needs.anchor.append(anchors);
    for (const { workspace, sequence } of anchors) reached.set(workspace, sequence);
  };
}

interface Known {
  readonly workspace: WorkspaceId;
  /** The number that was put down last; 0 for none. */
  readonly anchored: number;
  /** Workspaces of which the log said already that their end is missing. */
  readonly cut: Set<WorkspaceId>;
}

async function findNew(
  { unitOfWork, clock, logger }: Needs,
  { workspace, anchored, cut }: Known,
): Promise<readonly Anchor[]> {
  const head = await unitOfWork.within(workspace, ({ audit }) => audit.newest());
  const sequence = head?.sequence ?? 0;
  if (sequence < anchored && !cut.has(workspace)) {
    logger.error({ workspace, sequence, anchored }, 'entries of the audit log are missing at its end');
    cut.add(workspace);
  }
  return head && sequence > anchored ? [{ at: clock.now(), workspace, sequence, hash: head.hash }] : [];
}

async function readReached(anchor: AuditAnchor): Promise<Map<WorkspaceId, number>> {
  const reached = new Map<WorkspaceId, number>();
  for await (const { workspace, sequence } of anchor.read())
    reached.set(workspace, Math.max(sequence, reached.get(workspace) ?? 0));
  return reached;
}
