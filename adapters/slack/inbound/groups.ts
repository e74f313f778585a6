import type { WebClient } from '@slack/web-api';
import type { Logger } from '#ports/logger.ts';
import { slackErrorName, slackFault } from '../errors.ts';
import { createKnown } from './known.ts';

const minute = 60_000;
const age = { freshMs: 5 * minute, longestMs: 15 * minute };

type Members = ReadonlyMap<string, readonly string[]>;

/** There are no user groups here for the bot: no scope, or a plan (or a server) that has none. */
const none: readonly (string | undefined)[] = [
  'missing_scope',
  'no_permission',
  'paid_teams_only',
  'plan_upgrade_required',
  'unknown_method',
];

/** The user groups that people are in. Asked for at once, so that the first delivery need not wait. */
export function createGroups(
  client: WebClient,
  logger: Logger,
): { of(user: string): Promise<readonly string[]>; forget(): void } {
  const known = createKnown(age, () => askGroups(client, logger));
  const all = () => known.of('all');
  // Whoever needs them asks again and is told why.
  void all().catch(() => undefined);
  return {
    of: async (user) => (await all()).value.get(user) ?? [],
    forget: () => known.forget('all'),
  };
}

async function askGroups(client: WebClient, logger: Logger): Promise<Members> {
  try {
    const { usergroups } = await client.usergroups.list({ include_users: true, include_disabled: false });
    return byMember(usergroups ?? []);
  } catch (error) {
    const reason = slackErrorName(error);
    if (!none.includes(reason)) throw slackFault(error);
    logger.debug({ reason }, 'Slack tells no user groups, so nobody is in one');
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
