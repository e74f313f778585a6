import type { Config, ConfiguredAdmin } from '#adapters/config/config.ts';
import type { combineRoutes } from '#adapters/http/combine-routes.ts';
import type { WorkspaceId } from '#domain/ids.ts';
import type { Chat } from '#ports/chat.ts';
import type { Inbound } from '#ports/inbound.ts';
import type { Workspace } from '#ports/workspaces.ts';
import type { OpenCore } from './open-core.ts';
import { openDiscord } from './open-discord.ts';
import { ensurePlaygroundWorkspace, openPlayground } from './open-playground.ts';
import { openSlack } from './open-slack.ts';
import { playgroundToken } from './playground-token.ts';
import type { Preparation } from './prepare-workspaces.ts';
import type { Workers } from './start-workers.ts';

export interface ChatStatus {
  readonly platform: Chat['capabilities']['platform'];
  readonly connected: boolean;
  readonly detail: string;
}

type Routes = ReturnType<typeof combineRoutes>;

export interface OpenChats {
  /** Null when the playground is off. */
  readonly playgroundUrl: string | null;
  /** For the listener that only this machine reaches, and for the one that the world reaches. */
  readonly routes: { readonly local: readonly Routes[]; readonly outside: readonly Routes[] };
  readonly status: () => readonly ChatStatus[];
}

export interface ChatParts {
  readonly open: OpenCore;
  readonly workers: Workers;
  readonly chats: Map<WorkspaceId, Chat>;
  readonly preparation: Preparation;
  /** The real host:port of the local listener. */
  readonly localAddress: string;
}

/** What a platform that people use already needs, each of its tenants being a workspace. */
export interface RealChatParts {
  readonly open: OpenCore;
  readonly inbound: Inbound;
  /** Gets a tenant's chat once it is known which tenant that is. */
  readonly chats: Map<WorkspaceId, Chat>;
  /** Brings a workspace up to what files and settings say. */
  readonly prepare: (workspace: Workspace) => Promise<void>;
  /** Whoever is named here brings their team or guild along. */
  readonly admins: readonly ConfiguredAdmin[];
}

/** Opens every chat that the configuration names; what is opened is closed with `opened`. */
export async function openChats(
  config: Config,
  parts: ChatParts,
  opened: AsyncDisposableStack,
): Promise<OpenChats> {
  const playground = config.playground ? await addPlayground(config, parts, opened) : null;
  const { open, workers, chats, preparation } = parts;
  const { inbound } = workers;
  const real: RealChatParts = { open, inbound, chats, prepare: preparation.one, admins: config.admins };
  const slack = config.slack && opened.adopt(await openSlack(config.slack, real), ({ close }) => close());
  const discord =
    config.discord && opened.adopt(await openDiscord(config.discord, real), ({ close }) => close());
  return {
    playgroundUrl: playground?.url ?? null,
    routes: { local: playground ? [playground.routes] : [], outside: slack ? [slack.routes] : [] },
    status: () => [
      ...(playground ? [{ platform: 'playground', connected: true, detail: 'connected' } as const] : []),
      ...(slack ? [{ platform: 'slack', ...slack.status() } as const] : []),
      ...(discord ? [{ platform: 'discord', ...discord.status() } as const] : []),
    ],
  };
}

async function addPlayground(config: Config, parts: ChatParts, opened: AsyncDisposableStack) {
  const { open, workers, chats, localAddress: address } = parts;
  const workspace = await ensurePlaygroundWorkspace(open);
  const token = await playgroundToken(config.dataDirectory);
  const playground = await openPlayground(open, workspace, workers.inbound, { address, token });
  chats.set(workspace.id, playground.chat);
  // Its page is this process: nothing was said elsewhere meanwhile.
  open.hearing.done(workspace.id);
  return opened.adopt(playground, ({ close }) => close());
}
