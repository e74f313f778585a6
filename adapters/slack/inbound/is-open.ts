import type { WebClient } from '@slack/web-api';

type SlackChannel = NonNullable<Awaited<ReturnType<WebClient['conversations']['info']>>['channel']>;

/**
 * Whether everybody in the workspace may read along; undefined where Slack did not tell. People of other organisations read along
 * in a shared channel.
 */
export function isOpen({ is_private, is_im, is_mpim, is_ext_shared }: SlackChannel): boolean | undefined {
  return is_private === undefined ? undefined : !(is_private || is_im || is_mpim || is_ext_shared);
}
