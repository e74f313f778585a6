import type { ConfiguredAdmin, SlackConfig } from '#adapters/config/config.ts';
import type { TeamOptions } from '#adapters/slack/start/connect-team.ts';
import type { Slack } from '#adapters/slack/start/start-slack.ts';
import type { WorkspaceId } from '#domain/ids.ts';
import type { Chat } from '#ports/chat.ts';
import type { Inbound } from '#ports/inbound.ts';
import type { Workspace } from '#ports/workspaces.ts';
import { keepInstallations } from './keep-installations.ts';
import type { OpenCore } from './open-core.ts';

export interface SlackParts {
  readonly open: OpenCore;
  readonly inbound: Inbound;
  /** Gets the team's chat once it is known which team that is. */
  readonly chats: Map<WorkspaceId, Chat>;
  /** Brings a workspace up to what files and settings say. */
  readonly prepare: (workspace: Workspace) => Promise<void>;
  /** Whoever is named here brings their team along. */
  readonly admins: readonly ConfiguredAdmin[];
}

/**
 * Connects to Slack. Which team a token is of shows only then, so its workspace is prepared here, once a process. The
 * SDK is loaded here and nowhere else.
 */
export async function openSlack(settings: SlackConfig, parts: SlackParts): Promise<Slack> {
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
  const heardSoFar: TeamOptions['heardSoFar'] = (workspace, missedAt) => readHeard(open, workspace, missedAt);
  const caughtUp = (workspace: WorkspaceId) =>
    open.core.unitOfWork.within(workspace, ({ heard }) => heard.closeGap());
  const namesMatter = open.core.settings.listening !== 'invited';
  const shared = { inbound, logger, enter, heardSoFar, caughtUp, namesMatter };
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

/** Votes on older recommendations no longer move a rate much, and each thread costs a call. */
const days = 7;
const mostThreads = 50;

/** From when on something is missing is kept, so that the next live delivery does not hide it. */
function readHeard({ core }: OpenCore, workspace: WorkspaceId, missedAt = Number.POSITIVE_INFINITY) {
  return core.unitOfWork.within(workspace, async ({ heard }) => {
    const known = (await heard.gap()) ?? (await heard.lastAt());
    if (known === null && !Number.isFinite(missedAt)) return { lastAt: null, threads: [], reactions: [] };
    const lastAt = Math.min(known ?? missedAt, missedAt);
    await heard.openGap(lastAt);
    const threads = await heard.threads(days, mostThreads);
    return { lastAt, threads, reactions: await heard.reactions(days) };
  });
}
