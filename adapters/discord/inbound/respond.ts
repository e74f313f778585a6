import {
  type APIInteraction,
  type APIInteractionResponse,
  InteractionResponseType as Kind,
  MessageFlags,
  type REST,
  Routes,
} from 'discord.js';
import type { Form, FormValues } from '#domain/reply.ts';
import { lateFormNotice, takenNotice } from '#domain/wording/press-notices.ts';
import { renderForm } from '../render/render-form.ts';
import { type RenderedReply, renderReply } from '../render/render-reply.ts';
import type { Hearing } from './hearing.ts';

/** Discord takes a first answer within three seconds. */
const promptMs = 2500;

/** What is said next to one interaction; each is said at most once. Everything is for the person alone. */
export interface Answer {
  form(form: Form, entered: FormValues): Promise<void>;
  show(reply: RenderedReply): Promise<void>;
  /** Nothing is to be said; where Discord waits for words, that it was taken. */
  done(): Promise<void>;
}

/** How interactions are answered: by their token alone, in the name of no bot. */
export interface Responder {
  readonly atOnce: Answer;
  /** In time, so that what is to be said may follow. */
  acknowledge(): Promise<void>;
  /** After that. */
  readonly later: Answer;
}

export function createResponder(
  { prompt, patient }: Pick<Hearing, 'prompt' | 'patient'>,
  interaction: APIInteraction,
): Responder {
  const { id, token } = interaction;
  const respond = async (body: APIInteractionResponse): Promise<void> => {
    const signal = AbortSignal.timeout(promptMs);
    await prompt.post(Routes.interactionCallback(id, token), { body, auth: false, signal });
  };
  const show = (reply: RenderedReply) => respond({ type: Kind.ChannelMessageWithSource, data: alone(reply) });
  const atOnce: Answer = {
    show,
    form: async (form, entered) => respond({ type: Kind.Modal, data: renderForm(form, entered) }),
    done: () =>
      isOnMessage(interaction)
        ? respond({ type: Kind.DeferredMessageUpdate })
        : show(renderReply(takenNotice())),
  };
  return {
    atOnce,
    later: isOnMessage(interaction) ? followingUp(patient, interaction) : fillingIn(patient, interaction),
    acknowledge: () =>
      isOnMessage(interaction)
        ? respond({ type: Kind.DeferredMessageUpdate })
        : respond({ type: Kind.DeferredChannelMessageWithSource, data: { flags: MessageFlags.Ephemeral } }),
  };
}

/** A press, or a form that a press opened: the message stays as it is and needs no words. */
const isOnMessage = (interaction: APIInteraction): boolean =>
  'message' in interaction && interaction.message !== undefined;

const alone = (reply: RenderedReply) => ({ ...reply, flags: MessageFlags.Ephemeral as const });

function followingUp(rest: REST, { application_id, token }: APIInteraction): Answer {
  const show = async (reply: RenderedReply): Promise<void> => {
    await rest.post(Routes.webhook(application_id, token), { body: alone(reply), auth: false });
  };
  return { show, form: () => show(renderReply(lateFormNotice())), done: async () => undefined };
}

/** The person sees that the bot thinks, until that is filled in. */
function fillingIn(rest: REST, { application_id, token }: APIInteraction): Answer {
  const show = async (reply: RenderedReply): Promise<void> => {
    await rest.patch(Routes.webhookMessage(application_id, token, '@original'), { body: reply, auth: false });
  };
  return {
    show,
    form: () => show(renderReply(lateFormNotice())),
    done: () => show(renderReply(takenNotice())),
  };
}
