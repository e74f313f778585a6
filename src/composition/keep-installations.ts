import type { Installations } from '#adapters/slack/start/options.ts';
import { slackBotToken } from '#ports/secret-store.ts';
import type { Workspace } from '#ports/workspaces.ts';
import type { RealChatParts } from './open-chats.ts';

/**
 * The teams that installed the app: their tokens among the secrets of their workspaces, and when that was beside the
 * workspaces, where every replica sees it.
 */
export function keepInstallations({ open, admins }: Pick<RealChatParts, 'open' | 'admins'>): Installations {
  const { core, secrets } = open;
  const { workspaces, leases, ids, logger } = core;
  const find = async (team: string): Promise<Workspace | undefined> =>
    (await workspaces.all()).find((one) => one.platform === 'slack' && one.externalId === team);
  return {
    all: async () => (await workspaces.all()).flatMap(readInstalled),
    admits: (team) => admins.some(({ platform, workspace }) => platform === 'slack' && workspace === team),
    token: async (team) => {
      const workspace = await find(team);
      return workspace && secrets.get(workspace.id, slackBotToken);
    },
    add: async (team, token, by) => {
      const workspace = await workspaces.ensure('slack', team.id, team.name);
      await secrets.put(workspace.id, slackBotToken, token, { actor: by, why: 'app_installed' });
      await workspaces.mark(workspace.id, 'installed');
    },
    remove: async (team, why) => {
      const workspace = await find(team);
      if (workspace?.installation?.state !== 'installed') return;
      const removed = await secrets.remove(workspace.id, slackBotToken, { actor: 'slack', why });
      await workspaces.mark(workspace.id, 'uninstalled');
      if (removed)
        logger.warn({ team, why }, 'a team of Slack gave the app up: its token is deleted, its data stays');
    },
    claim: (word, forMs) => leases.acquire(`slack-install:${word}`, ids.nonce(), forMs),
  };
}

function readInstalled({ platform, externalId: id, name, installation }: Workspace) {
  if (platform !== 'slack' || installation?.state !== 'installed') return [];
  return [{ team: { id, name }, at: installation.at }];
}
