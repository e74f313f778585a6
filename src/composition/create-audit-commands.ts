import type { Config } from '#adapters/config/config.ts';
import { createAnchorFile } from '#adapters/system/create-anchor-file.ts';
import { readAudit } from '#application/read-audit.ts';
import { verifyAudit } from '#application/verify-audit.ts';
import type { CommandContext, ExportRequest, NamedChain, VerifyRequest } from '#commands/command.ts';
import { type AuditHead, writeAuditLine } from '#domain/audit/audit-entry.ts';
import type { WorkspaceId } from '#domain/ids.ts';
import type { AuditAnchor } from '#ports/audit-anchor.ts';
import type { Workspace } from '#ports/workspaces.ts';
import { chooseWorkspace, chooseWorkspaces } from './choose-workspaces.ts';
import type { OpenCore } from './open-core.ts';

/** What the commands of the shell may do with the audit log. */
export function createAuditCommands(
  { audit }: Pick<Config, 'audit'>,
  open: OpenCore,
): Pick<CommandContext, 'verifyAudit' | 'exportAudit'> {
  return {
    verifyAudit: (request) => verifyChains(open, audit.anchorFile, request),
    exportAudit: (request) => exportLines(open, request),
  };
}

async function verifyChains(
  { core }: OpenCore,
  configured: string | null,
  { workspace, anchor, expect }: VerifyRequest,
): Promise<readonly NamedChain[]> {
  const file = anchor ?? configured;
  const anchored = await readAnchors(file === null ? null : createAnchorFile(file));
  const chains: NamedChain[] = [];
  // A head that somebody kept is one of a single chain.
  const chosen =
    expect.length > 0 ? [await chooseWorkspace(core, workspace)] : await chooseWorkspaces(core, workspace);
  for (const { id, name } of [...chosen, ...(workspace === null ? gone(chosen, anchored) : [])]) {
    const heads = [...(anchored.get(id) ?? []), ...expect];
    const chain = await verifyAudit(core, id, hashesByNumber(heads));
    chains.push({ workspace: `${name} (${id})`, chain, anchors: heads.length });
  }
  return chains;
}

/** Whoever takes out a workspace with its whole log leaves its anchors. */
const gone = (all: readonly Pick<Workspace, 'id'>[], anchored: ReadonlyMap<WorkspaceId, unknown>) =>
  [...anchored.keys()]
    .filter((anchor) => !all.some(({ id }) => id === anchor))
    .map((id) => ({ id, name: 'a workspace that is gone' }));

/** Read before the chains: these only grow, so that each holds whatever was anchored by then. */
async function readAnchors(anchor: AuditAnchor | null): Promise<ReadonlyMap<WorkspaceId, AuditHead[]>> {
  const heads = new Map<WorkspaceId, AuditHead[]>();
  if (anchor === null) return heads;
  for await (const { workspace, sequence, hash } of anchor.read()) {
    const known = heads.get(workspace) ?? [];
    known.push({ sequence, hash });
    heads.set(workspace, known);
  }
  return heads;
}

function hashesByNumber(heads: readonly AuditHead[]): ReadonlyMap<number, ReadonlySet<string>> {
  const hashes = new Map<number, Set<string>>();
  for (const { sequence, hash } of heads)
    hashes.set(sequence, (hashes.get(sequence) ?? new Set<string>()).add(hash));
  return hashes;
}

async function* exportLines({ core }: OpenCore, { workspace, since }: ExportRequest): AsyncGenerator<string> {
  for (const { id } of await chooseWorkspaces(core, workspace)) {
    for await (const batch of readAudit(core, id)) {
      const wanted = since === null ? batch : batch.filter(({ at }) => at >= since);
      if (wanted.length > 0) yield wanted.map((entry) => `${writeAuditLine(id, entry)}\n`).join('');
    }
  }
}
