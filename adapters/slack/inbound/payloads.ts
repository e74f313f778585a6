import { z } from 'zod';

/*
 * The part of Slack's payloads that is read, checked on the way in: Slack adds fields at any time, and a payload of
 * another shape is passed over instead of breaking a handler.
 * Source: docs.slack.dev/reference/events, /reference/interaction-payloads, /interactivity/implementing-slash-commands
 */

const author = {
  user: z.string().optional(),
  bot_id: z.string().optional(),
  username: z.string().optional(),
  user_team: z.string().optional(),
};

const content = {
  text: z.string().nullish(),
  blocks: z.array(z.unknown()).optional(),
  attachments: z.array(z.unknown()).optional(),
};

const message = z.object({
  ...author,
  ...content,
  subtype: z.string().optional(),
  ts: z.string(),
  thread_ts: z.string().optional(),
  edited: z.object({ ts: z.string() }).optional(),
});
export type SlackMessage = z.infer<typeof message>;

const where = { channel: z.string(), channel_type: z.string().optional() };

/** A message as the history gives it back, which leaves out where. */
export const readBack = message.extend({
  reactions: z
    .array(z.object({ name: z.string(), users: z.array(z.string()), count: z.number() }))
    .optional(),
});
export type ReadBack = z.infer<typeof readBack>;

const messageChanged = z.object({
  ...where,
  type: z.literal('message'),
  subtype: z.literal('message_changed'),
  event_ts: z.string(),
  message,
  previous_message: message.optional(),
});
export type MessageChanged = z.infer<typeof messageChanged>;

const messageGone = z.object({
  ...where,
  type: z.literal('message'),
  subtype: z.literal('message_deleted'),
  deleted_ts: z.string(),
  event_ts: z.string().optional(),
  previous_message: message.optional(),
});
export type MessageGone = z.infer<typeof messageGone>;

export const messageNew = message.extend({ ...where, type: z.enum(['message', 'app_mention']) });
export type MessageNew = z.infer<typeof messageNew>;

const reaction = z.object({
  type: z.enum(['reaction_added', 'reaction_removed']),
  user: z.string(),
  reaction: z.string(),
  event_ts: z.string().optional(),
  item: z.object({ type: z.literal('message'), channel: z.string(), ts: z.string() }),
});
export type Reaction = z.infer<typeof reaction>;

const homeOpened = z.object({
  type: z.literal('app_home_opened'),
  user: z.string(),
  channel: z.string().optional(),
  tab: z.literal('home'),
});

/** Sent of everybody in the workspace, for every change of a profile. Who the person is now is asked, not read here. */
const userChange = z.object({
  type: z.literal('user_change'),
  user: z.object({
    id: z.string(),
    deleted: z.boolean().optional(),
    is_restricted: z.boolean().optional(),
    is_ultra_restricted: z.boolean().optional(),
  }),
});

const groupChange = z.object({
  type: z.literal('subteam_members_changed'),
  removed_users: z.array(z.string()).default([]),
});
export type PeopleChange = z.infer<typeof userChange> | z.infer<typeof groupChange>;

export const eventCallback = z.object({
  type: z.literal('event_callback'),
  event_id: z.string(),
  event: z.union([messageChanged, messageGone, messageNew, reaction, homeOpened, userChange, groupChange]),
});
export type EventCallback = z.infer<typeof eventCallback>;

const user = z.object({ id: z.string() });
const named = z.object({ id: z.string(), name: z.string().optional() });

export const blockActions = z.object({
  type: z.literal('block_actions'),
  user,
  channel: named.optional(),
  container: z.object({
    message_ts: z.string().optional(),
    thread_ts: z.string().optional(),
    view_id: z.string().optional(),
    is_ephemeral: z.boolean().optional(),
  }),
  message: z.object({ ts: z.string(), thread_ts: z.string().optional() }).nullish(),
  trigger_id: z.string().default(''),
  actions: z.array(z.object({ action_id: z.string(), action_ts: z.string().default('') })).min(1),
});
export type BlockActions = z.infer<typeof blockActions>;

const given = z.object({
  value: z.string().nullish(),
  selected_option: z.object({ value: z.string() }).nullish(),
});

export const viewSubmission = z.object({
  type: z.literal('view_submission'),
  user,
  view: z.object({
    id: z.string(),
    hash: z.string().default(''),
    callback_id: z.string(),
    private_metadata: z.string().default(''),
    state: z.object({ values: z.record(z.string(), z.record(z.string(), given)) }),
  }),
});
export type ViewSubmission = z.infer<typeof viewSubmission>;

export const messageShortcut = z.object({
  type: z.literal('message_action'),
  callback_id: z.string(),
  user,
  channel: named,
  message,
  action_ts: z.string().default(''),
  trigger_id: z.string().default(''),
});
export type MessageShortcut = z.infer<typeof messageShortcut>;

export const slashCommand = z.object({
  command: z.string(),
  text: z.string().default(''),
  user_id: z.string(),
  channel_id: z.string(),
  channel_name: z.string().optional(),
  trigger_id: z.string(),
});
export type SlashCommand = z.infer<typeof slashCommand>;
