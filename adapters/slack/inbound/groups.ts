import type { WebClient } from '@slack/web-api';
import { LRUCache } from 'lru-cache';
import type { Logger } from '#ports/logger.ts';
import { slackErrorName, slackFault } from '../errors.ts';

const groupsMs = 5 * 60_000;

type Members = ReadonlyMap<string, readonly string[]>;

/** The user groups that people are in. Without the scope `usergroups:read` nobody is in any. */
export function createGroups(
  client: WebClient,
  logger: Logger,
): { of(user: string): Promise<readonly string[]>; forget(): void } {
  const cache = new LRUCache<'all', Members>({
    max: 1,
    ttl: groupsMs,
    allowStaleOnFetchRejection: true,
    noDeleteOnFetchRejection: true,
    fetchMethod: () => askGroups(client, logger),
  });
  return {
    forget: () => void cache.delete('all'),
    of: async (user) => {
      const members = await cache.fetch('all');
      if (members === undefined) throw slackFault(new Error('no user groups are known yet'));
      return members.get(user) ?? [];
    },
  };
}

async function askGroups(client: WebClient, logger: Logger): Promise<Members> {
  try {
    const { usergroups } = await client.usergroups.list({ include_users: true, include_disabled: false });
    return byMember(usergroups ?? []);
  } catch (error) {
    if (slackErrorName(error) === undefined) throw slackFault(error);
    logger.debug({ reason: slackErrorName(error) }, 'Slack tells no user groups, so nobody is in one');
    return new Map();
  }
}

function byMember(groups: readonly { readonly id?: string; readonly users?: readonly string[] }[]): Members {
  const memberships = groups.flatMap(({ id, users }) =>
    id === undefined ? [] : (users ?? []).map((user) => ({ id, user })),
  );
  const byUser = Map.groupBy(memberships, ({ user }) => user);
  return new Map([...byUser].map(([user, of]) => [user, of.map(({ id }) => id)]));
}
