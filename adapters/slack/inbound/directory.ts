import { setTimeout } from 'node:timers/promises';
import type { WebClient } from '@slack/web-api';
import type { Speaker } from '#domain/intent.ts';
import type { Standing } from '#domain/person.ts';
import type { Logger } from '#ports/logger.ts';
import { slackErrorName, slackFault } from '../errors.ts';
import { createGroups } from './groups.ts';
import { isOpen } from './is-open.ts';
import { createKnown } from './known.ts';

const minute = 60_000;
/** How long what Slack said counts where it tells of no change, and how much longer it does while Slack is asked again. */
const personAge = { freshMs: 5 * minute, longestMs: 15 * minute };
const openPatienceMs = 700;
const channelAge = { freshMs: 30 * minute, longestMs: 24 * 60 * minute };

/** Who people are and what channels are called. What was known stands while Slack does not answer. */
export interface Directory {
  /** By the platform's id alone. Throws a Fault when nothing is known and Slack does not answer. */
  speaker(user: string): Promise<Speaker>;
  /** This person is asked about anew when that is needed next. */
  forget(user: string): void;
  /** The same for the groups of everybody. */
  forgetGroups(): void;
  /**
   * The channel's name without `#`; undefined where Slack does not tell or no name matters. Throws a Fault when the name
   * matters and cannot be had now.
   */
  channelName(channel: string): Promise<string | undefined>;
  /** Whether the bot itself takes part in a conversation; when Slack does not say, it does. */
  takesPart(channel: string): Promise<boolean>;
  /**
   * Whether everybody in the workspace may read along, as it is now: a channel can be made private. Undefined when Slack does
   * not say at once, because a form waits for it.
   */
  isOpen(channel: string): Promise<boolean | undefined>;
}

export interface DirectoryOptions {
  readonly client: WebClient;
  readonly team: string;
  readonly logger: Logger;
  /** Whether channels are chosen by patterns of their names. */
  readonly namesMatter: boolean;
}

type Account = Pick<Speaker, 'name' | 'standing'>;

interface Channel {
  readonly name: string | undefined;
  readonly takesPart: boolean;
  readonly open: boolean | undefined;
}

export function createDirectory({ client, team, logger, namesMatter }: DirectoryOptions): Directory {
  const groups = createGroups(client, logger);
  const people = createKnown(personAge, (user) => askPerson(client, team, user));
  const channels = createKnown(channelAge, (channel) => askChannel(client, channel));
  return {
    speaker: async (user) => {
      const [{ value, at }, of] = await Promise.all([people.of(user), groups.of(user)]);
      return { externalId: user, ...value, groups: of, asOf: at };
    },
    forget: people.forget,
    forgetGroups: groups.forget,
    channelName: async (channel) => (namesMatter ? (await channels.of(channel)).value.name : undefined),
    takesPart: (channel) =>
      channels.of(channel).then(
        ({ value }) => value.takesPart,
        () => true,
      ),
    isOpen: (channel) =>
      Promise.race([
        askChannel(client, channel).then(
          ({ open }) => open,
          () => undefined,
        ),
        setTimeout(openPatienceMs, undefined, { ref: false }),
      ]),
  };
}

/** Whom Slack will not tell about: not in this workspace, not visible from it, or the scope was not given. */
const untold: readonly (string | undefined)[] = [
  'user_not_found',
  'user_not_visible',
  'missing_scope',
  'no_permission',
];

/** Somebody Slack does not tell about is a stranger: that may look on. A Slack in trouble says nothing of anybody. */
async function askPerson(client: WebClient, team: string, user: string): Promise<Account> {
  try {
    const { user: found } = await client.users.info({ user });
    return {
      name: found?.profile?.display_name || found?.profile?.real_name || found?.name || user,
      standing: standingOf(found ?? {}, team),
    };
  } catch (error) {
    if (!untold.includes(slackErrorName(error))) throw slackFault(error);
    return { name: user, standing: 'stranger' };
  }
}

type SlackAccount = NonNullable<Awaited<ReturnType<WebClient['users']['info']>>['user']>;

function standingOf(account: SlackAccount, team: string): Standing {
  if (account.deleted) return 'deactivated';
  if (account.is_bot || account.is_workflow_bot) return 'bot';
  if (account.is_stranger || (account.team_id !== undefined && !isOf(team, account))) return 'stranger';
  return account.is_restricted || account.is_ultra_restricted ? 'guest' : 'member';
}

/** In an Enterprise organisation an account may belong to several workspaces. */
function isOf(team: string, { team_id, enterprise_user }: SlackAccount): boolean {
  return team_id === team || (enterprise_user?.teams ?? []).includes(team);
}

/** A name is only for patterns; without one the channel's id counts. */
async function askChannel(client: WebClient, channel: string): Promise<Channel> {
  try {
    const { channel: found } = await client.conversations.info({ channel });
    return { name: found?.name, takesPart: true, open: isOpen(found ?? {}) };
  } catch (error) {
    const name = slackErrorName(error);
    if (name === 'channel_not_found') return { name: undefined, takesPart: false, open: undefined };
    if (name === 'missing_scope' || name === 'no_permission')
      return { name: undefined, takesPart: true, open: undefined };
    throw slackFault(error);
  }
}
