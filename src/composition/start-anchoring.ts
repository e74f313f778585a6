import type { Config } from '#adapters/config/config.ts';
import { createAnchorFile } from '#adapters/system/create-anchor-file.ts';
import { createAnchorAudit } from '#application/anchor-audit.ts';
import { createPostAuditHead } from '#application/post-audit-head.ts';
import { createPump, type Pump } from '#application/pump.ts';
import type { OpenCore } from './open-core.ts';

const anchorEveryMs = 10_000;
const postEveryMs = 60_000;

/**
 * Puts heads of the audit chains down outside the database as long as they grow. To be stopped after all that writes
 * entries: the last heads are put down then.
 */
export function startAnchoring(
  { core }: Pick<OpenCore, 'core'>,
  { anchorFile, channels }: Config['audit'],
): Pick<Pump, 'stop'> {
  const anchor =
    anchorFile === null ? null : createAnchorAudit({ ...core, anchor: createAnchorFile(anchorFile) });
  const post = createPostHeads(core, channels);
  const anchoring = createPump(
    idleAfter(async () => anchor?.()),
    anchorEveryMs,
    core.logger,
  );
  const posting = createPump(idleAfter(post), postEveryMs, core.logger);
  return {
    stop: async () => {
      await posting.stop();
      await anchoring.stop();
      await anchor?.().catch((error: unknown) =>
        core.logger.error({ error }, 'the newest audit entries were not anchored'),
      );
    },
  };
}

const idleAfter = (work: () => Promise<void>) => async (): Promise<boolean> => {
  await work();
  return false;
};

function createPostHeads(core: OpenCore['core'], channels: Config['audit']['channels']) {
  const postHead = createPostAuditHead(core);
  return async (): Promise<void> => {
    if (channels.length === 0) return;
    for (const { id, platform, externalId } of await core.workspaces.all()) {
      const place = channels.find((one) => one.platform === platform && one.workspace === externalId);
      if (place) await postHead(id, place.channel);
    }
  };
}
