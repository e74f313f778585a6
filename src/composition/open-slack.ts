import type { SlackConfig } from '#adapters/config/config.ts';
import type { Slack } from '#adapters/slack/start/start-slack.ts';
import type { WorkspaceId } from '#domain/ids.ts';
import type { Chat } from '#ports/chat.ts';
import { keepInstallations } from './keep-installations.ts';
import { keepUp } from './keep-up.ts';
import type { RealChatParts } from './open-chats.ts';

/**
 * Connects to Slack. Which team a token is of shows only then, so its workspace is prepared here, once a process. The
 * SDK is loaded here and nowhere else.
 */
export async function openSlack(settings: SlackConfig, parts: RealChatParts): Promise<Slack> {
  const { open, inbound } = parts;
  const { workspaces, logger } = open.core;
  const entered = new Map<string, WorkspaceId>();
  const enter = async (team: { readonly id: string; readonly name: string }, chat: Chat) => {
    const workspace = await workspaces.ensure('slack', team.id, team.name);
    if (!parts.chats.has(workspace.id)) await parts.prepare(workspace);
    parts.chats.set(workspace.id, chat);
    entered.set(team.id, workspace.id);
    return workspace.id;
  };
  const namesMatter = open.core.settings.listening !== 'invited';
  const shared = { inbound, logger, enter, namesMatter, ...keepUp(open) };
  if (settings.mode !== 'oauth') {
    const { startSlack } = await import('#adapters/slack/start/start-slack.ts');
    return startSlack({ ...shared, settings });
  }
  const { startSharedApp } = await import('#adapters/slack/start/start-shared-app.ts');
  const leave = (team: string): void => {
    const workspace = entered.get(team);
    if (workspace) parts.chats.delete(workspace);
  };
  return startSharedApp({ ...shared, leave, settings, installations: keepInstallations(parts) });
}
