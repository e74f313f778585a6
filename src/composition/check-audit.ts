import type { Config } from '#adapters/config/config.ts';
import { createAnchorFile } from '#adapters/system/create-anchor-file.ts';
import type { Finding } from '#commands/command.ts';
import { describeFault } from '#domain/wording/fault-notice.ts';
import type { OpenCore } from './open-core.ts';

const name = 'audit log';

/** Whether the audit log is anchored, and reaches as far as its anchors. The chains are left to `audit verify`. */
export async function checkAudit(
  { audit, slack, discord }: Pick<Config, 'audit' | 'slack' | 'discord'>,
  open: OpenCore,
): Promise<Finding> {
  const { anchorFile, channels } = audit;
  try {
    if (anchorFile !== null) return await checkAnchors(anchorFile, open);
  } catch (error) {
    const { what: message, advice } = describeFault(error);
    return { name, status: 'failed', message, advice };
  }
  if (channels.length > 0) return { name, status: 'ok', message: 'its head is posted', advice: null };
  const message = 'it is not anchored, so that a cut end would not show';
  const isServing = slack !== null || discord !== null;
  return isServing
    ? { name, status: 'warning', message, advice: 'Set RECOURSE_AUDIT_ANCHOR or RECOURSE_AUDIT_CHANNEL.' }
    : { name, status: 'ok', message, advice: null };
}

async function checkAnchors(path: string, { core }: OpenCore): Promise<Finding> {
  const reached = new Map<string, number>();
  for await (const { workspace, sequence } of createAnchorFile(path).read())
    reached.set(workspace, Math.max(sequence, reached.get(workspace) ?? 0));
  const cut: string[] = [];
  for (const { id, name: title } of await core.workspaces.all()) {
    const head = await core.unitOfWork.within(id, ({ audit }) => audit.newest());
    if ((head?.sequence ?? 0) < (reached.get(id) ?? 0)) cut.push(title);
  }
  if (cut.length === 0)
    return { name, status: 'ok', message: `it reaches as far as its anchors in ${path}`, advice: null };
  const message = `entries at its end are missing in ${cut.join(', ')}`;
  const advice = 'Run npm run -s recourse -- audit verify, and find out who wrote to the database.';
  return { name, status: 'failed', message, advice };
}
