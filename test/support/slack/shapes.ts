import type { Payload } from './deliveries.ts';

/*
 * What the test server has no way to send, made by the proxy of what it sends; the shapes are those of Slack's
 * documentation (docs.slack.dev/reference/interaction-payloads, /reference/events/message).
 */

/** A press on a message becomes the message shortcut on it; all else stays. */
export const asShortcut =
  (callback_id: string) =>
  (payload: Payload): Payload => {
    if (payload.type !== 'block_actions') return payload;
    const { actions, container, state, ...rest } = payload;
    return { ...rest, type: 'message_action', callback_id, action_ts: `${Date.now() / 1000}` };
  };

/** A press on what one person alone was shown: Slack says so, and sends the message not along. */
export function onEphemeral(payload: Payload): Payload {
  if (payload.type !== 'block_actions') return payload;
  const { message: _, container, ...rest } = payload;
  return { ...rest, container: { ...(container as Payload), is_ephemeral: true } };
}

/** A new message becomes one with other fields, as of an alert bot; all else stays. */
export const asMessage =
  (fields: Payload) =>
  (payload: Payload): Payload => {
    const event = payload.event as Payload | undefined;
    return event?.type === 'message' && event.subtype === undefined
      ? { ...payload, event: { ...event, ...fields } }
      : payload;
  };

/** What Slack says of an account, where the server knows members alone. For `proxy.rules`. */
export const account =
  (id: string, about: Payload) =>
  ({ method, arguments: given }: { readonly method: string; readonly arguments: URLSearchParams }) =>
    method === 'users.info' && given.get('user') === id
      ? { status: 200, body: { ok: true, user: { id, name: id, team_id: 'T01TEST', ...about } } }
      : undefined;
