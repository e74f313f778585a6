import type { WebClient } from '@slack/web-api';
import { LRUCache } from 'lru-cache';
import type { Speaker } from '#domain/intent.ts';
import type { Standing } from '#domain/person.ts';
import type { Logger } from '#ports/logger.ts';
import { slackErrorName, slackFault } from '../errors.ts';
import { createGroups } from './groups.ts';

const minute = 60_000;
/** How long what Slack said of a person counts where it tells of no change. */
const personMs = 5 * minute;
const channelMs = 30 * minute;
const most = 5000;

/** Who people are and what channels are called. What was known stands while Slack does not answer. */
export interface Directory {
  /** By the platform's id alone. Throws a Fault when nothing is known and Slack does not answer. */
  speaker(user: string): Promise<Speaker>;
  /** This person is asked about anew when that is needed next. */
  forget(user: string): void;
  /** The same for the groups of everybody. */
  forgetGroups(): void;
  /** The channel's name without `#`; undefined where Slack does not tell. */
  channelName(channel: string): Promise<string | undefined>;
}

export interface DirectoryOptions {
  readonly client: WebClient;
  readonly team: string;
  readonly logger: Logger;
}

type Known = Pick<Speaker, 'name' | 'standing'>;

export function createDirectory({ client, team, logger }: DirectoryOptions): Directory {
  const groups = createGroups(client, logger);
  const people = new LRUCache<string, Known>({
    max: most,
    ttl: personMs,
    allowStaleOnFetchRejection: true,
    noDeleteOnFetchRejection: true,
    fetchMethod: (user) => askPerson(client, team, user),
  });
  const channels = new LRUCache<string, { readonly name: string | undefined }>({
    max: most,
    ttl: channelMs,
    fetchMethod: (channel) => askChannel(client, channel),
  });
  return {
    speaker: async (user) => {
      const [known, of] = await Promise.all([people.fetch(user), groups.of(user)]);
      // The cache gives nothing, and no error, when there is neither an answer nor an older one.
      if (known === undefined) throw slackFault(new Error(`nothing is known yet of ${user}`));
      return { externalId: user, ...known, groups: of };
    },
    forget: (user) => void people.delete(user),
    forgetGroups: groups.forget,
    channelName: async (channel) => (await channels.fetch(channel).catch(() => undefined))?.name,
  };
}

/** Somebody Slack does not tell about is a stranger: that may look on. */
async function askPerson(client: WebClient, team: string, user: string): Promise<Known> {
  try {
    const { user: found } = await client.users.info({ user });
    return {
      name: found?.profile?.display_name || found?.profile?.real_name || found?.name || user,
      standing: standingOf(found ?? {}, team),
    };
  } catch (error) {
    if (slackErrorName(error) === undefined) throw slackFault(error);
    return { name: user, standing: 'stranger' };
  }
}

type Account = NonNullable<Awaited<ReturnType<WebClient['users']['info']>>['user']>;

function standingOf(account: Account, team: string): Standing {
  if (account.deleted) return 'deactivated';
  if (account.is_bot || account.is_workflow_bot) return 'bot';
  if (account.is_stranger || (account.team_id !== undefined && !isOf(team, account))) return 'stranger';
  return account.is_restricted || account.is_ultra_restricted ? 'guest' : 'member';
}

/** In an Enterprise organisation an account may belong to several workspaces. */
function isOf(team: string, { team_id, enterprise_user }: Account): boolean {
  return team_id === team || (enterprise_user?.teams ?? []).includes(team);
}

async function askChannel(
  client: WebClient,
  channel: string,
): Promise<{ readonly name: string | undefined }> {
  try {
    const { channel: found } = await client.conversations.info({ channel });
    return { name: found?.name };
  } catch (error) {
    if (slackErrorName(error) === undefined) throw slackFault(error);
    // A name is only for patterns; without one the channel's id counts.
    return { name: undefined };
  }
}
