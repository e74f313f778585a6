import { type APIInteraction, InteractionType } from 'discord.js';
import {
  lostPressNotice,
  privateNotice,
  unknownPressNotice,
  unservedNotice,
} from '#domain/wording/press-notices.ts';
import { discordErrorCode } from '../errors.ts';
import { renderReply } from '../render/render-reply.ts';
import { answerWith, type Outcome } from './answer-with.ts';
import type { Asked } from './asked.ts';
import { hearTyping } from './hear-typing.ts';
import type { Hearing } from './hearing.ts';
import { inTime } from './in-time.ts';
import { readAsked } from './read-asked.ts';
import { type Reading, tenantOf } from './reading.ts';
import { createResponder, type Responder } from './respond.ts';

const alreadyAnswered = 40_060;

/** Hands in a press, a form or a command, and tells the person what comes of it. Never rejects. */
export function createHearInteraction(hearing: Hearing, reading: Reading) {
  return async (interaction: APIInteraction): Promise<void> => {
    try {
      if (interaction.type === InteractionType.ApplicationCommandAutocomplete)
        await hearTyping(hearing, reading, interaction);
      else await hear(hearing, reading, interaction, createResponder(hearing, interaction));
    } catch (error) {
      if (discordErrorCode(error) === alreadyAnswered)
        hearing.logger.debug(
          { interaction: interaction.id },
          'a copy of an interaction was answered already',
        );
      else hearing.logger.warn({ error }, 'Discord did not take an answer to a person');
    }
  };
}

async function hear(
  hearing: Hearing,
  reading: Reading,
  interaction: APIInteraction,
  responder: Responder,
): Promise<void> {
  const tenant = tenantOf(reading, interaction.guild_id);
  if (!tenant) {
    const why = interaction.guild_id ? unservedNotice() : privateNotice();
    return responder.atOnce.show(renderReply(why));
  }
  const asked = readAsked(reading, interaction, tenant);
  if (!asked) return responder.atOnce.show(renderReply(unknownPressNotice()));
  const remember = () => rememberToken(hearing, interaction);
  await (asked.opens ? openOrDefer : deferFirst)({
    responder,
    asked,
    receive: () => handIn(hearing, asked, `interaction:${interaction.id}`),
    acknowledge: () => acknowledge(hearing, responder).then(remember),
    remember,
  });
}

interface Exchange {
  readonly responder: Responder;
  readonly asked: Asked;
  readonly receive: () => Promise<Outcome>;
  /** Acknowledges; from then on something more can be shown to the person. */
  readonly acknowledge: () => Promise<void>;
  readonly remember: () => void;
}

async function deferFirst({ responder, asked, receive, acknowledge }: Exchange): Promise<void> {
  await acknowledge();
  await answerWith(responder.later, asked, await receive());
}

/** What may open a form is answered by it; when that takes too long, it is acknowledged and told to be done again. */
async function openOrDefer({ responder, asked, receive, ...exchange }: Exchange): Promise<void> {
  const receiving = receive();
  const isThere = (await inTime(receiving)) !== undefined;
  if (!isThere) await exchange.acknowledge();
  await answerWith(isThere ? responder.atOnce : responder.later, asked, await receiving);
  exchange.remember();
}

/**
 * What Discord refuses to take as acknowledged it tells the person to have failed, or another process has it: then it is
 * not done. Without an answer nobody knows, and what a person decided must not get lost.
 */
async function acknowledge({ logger }: Hearing, responder: Responder): Promise<void> {
  try {
    await responder.acknowledge();
  } catch (error) {
    if (discordErrorCode(error) !== undefined) throw error;
    logger.warn({ error }, 'Discord did not say whether a person sees their press as taken');
  }
}

/** Interactions come once, so what could not be kept is told to the person. */
async function handIn({ inbound, logger }: Hearing, asked: Asked, delivery: string): Promise<Outcome> {
  try {
    return await inbound.receive(await asked.read(), delivery);
  } catch (error) {
    logger.warn({ error }, 'an interaction of Discord could not be kept');
    return { kind: 'lost', reply: lostPressNotice(error) };
  }
}

function rememberToken({ tokens }: Hearing, { channel, member, user, token }: APIInteraction): void {
  const person = member?.user ?? user;
  if (channel && person) tokens.remember(channel.id, person.id, token);
}
