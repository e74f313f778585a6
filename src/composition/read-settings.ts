import { loadAlertsFile } from '#adapters/alerts/load-alerts-file.ts';
import type { Config } from '#adapters/config/config.ts';
import { loadPolicy } from '#adapters/policy/load-policy.ts';
import type { Core } from '#application/core.ts';
import type { WorkspaceId } from '#domain/ids.ts';
import { defaultFoldSettings } from '#domain/learning/fold-settings.ts';
import { defaultUseSettings } from '#domain/learning/use.ts';
import { defaultRankingSettings } from '#domain/ranking/ranking-settings.ts';
import type { Chat } from '#ports/chat.ts';

/** What a card of any chat can show whole: counts while a workspace's own chat is not connected yet. */
const alwaysShown = 2000;

/** What the environment, the policy and the alerts file say that the use cases ask for; a file that cannot be read is a Fault. */
export async function readSettings(
  config: Config,
  chats: ReadonlyMap<WorkspaceId, Chat>,
): Promise<Core['settings']> {
  const { weights, thresholds, benefitOfDoubt } = config.ranking;
  return {
    ranking: {
      ...defaultRankingSettings,
      weights,
      thresholds,
      benefitOfDoubt,
      // A case has no steps that could run by themselves.
      automationBonus: { runbook: weights.automationBonus, case: 0 },
    },
    fold: { ...defaultFoldSettings, ...config.learning },
    owners: config.owners,
    uses: defaultUseSettings,
    alerts: (await loadAlertsFile(config.alerts.file)).settings,
    capture: config.capture,
    approval: config.approval,
    policy: await loadPolicy(config.policyFile),
    listening: config.listening,
    consults: config.models.chatModel !== null,
    longestCommand: (workspace) => chats.get(workspace)?.capabilities.longestCommand ?? alwaysShown,
  };
}
