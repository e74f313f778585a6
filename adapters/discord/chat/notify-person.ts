import { type APIChannel, RESTJSONErrorCodes as codes, MessageFlags, type REST, Routes } from 'discord.js';
import type { Place } from '#domain/intent.ts';
import type { Reply } from '#domain/reply.ts';
import { discordErrorCode, discordFault } from '../errors.ts';
import { renderReply } from '../render/render-reply.ts';
import type { InteractionTokens } from './interaction-tokens.ts';
import { channelOf, referenceOf } from './where.ts';

interface Needs {
  readonly rest: REST;
  readonly applicationId: string;
  readonly tokens: InteractionTokens;
}

/**
 * Shows a reply to one person alone: where they pressed or commanded less than fifteen minutes ago, there; else in a direct
 * message that says what place it is about. Throws a Fault: `rejected` when the person takes no direct messages.
 */
export async function notifyPerson(needs: Needs, place: Place, person: string, reply: Reply): Promise<void> {
  try {
    if (place.direct === true) await sayThere(needs.rest, place, reply);
    else if (!(await showInPlace(needs, place, person, reply)))
      await sendDirectly(needs.rest, place, person, reply);
  } catch (error) {
    throw discordFault(error);
  }
}

/** In a conversation with the bot nobody else reads along. */
async function sayThere(rest: REST, place: Place, reply: Reply): Promise<void> {
  const body = { ...renderReply(reply), ...referenceOf(place) };
  await rest.post(Routes.channelMessages(place.channel), { body });
}

/** Discord knows the token no more: it is too old, or the interaction was never answered. */
const useless: readonly (number | undefined)[] = [
  codes.UnknownWebhook,
  codes.UnknownInteraction,
  codes.InvalidWebhookToken,
  codes.ThisInteractionHasHitTheMaximumNumberOfFollowUpMessages,
];

async function showInPlace(
  { rest, applicationId, tokens }: Needs,
  place: Place,
  person: string,
  reply: Reply,
): Promise<boolean> {
  const token = tokens.find(channelOf(place), person) ?? tokens.find(place.channel, person);
  if (token === undefined) return false;
  try {
    const body = { ...renderReply(reply), flags: MessageFlags.Ephemeral };
    await rest.post(Routes.webhook(applicationId, token), { body, auth: false });
    return true;
  } catch (error) {
    if (useless.includes(discordErrorCode(error))) return false;
    throw error;
  }
}

async function sendDirectly(rest: REST, place: Place, person: string, reply: Reply): Promise<void> {
  const body = { recipient_id: person };
  const { id } = (await rest.post(Routes.userChannels(), { body })) as APIChannel;
  await rest.post(Routes.channelMessages(id), { body: renderReply(withPlace(place, reply)) });
}

const withPlace = ({ channel, thread }: Place, reply: Reply): Reply => ({
  ...reply,
  blocks: [
    ...reply.blocks,
    { kind: 'note', line: ['About ', { kind: 'place', label: '', channel, thread }] },
  ],
});
