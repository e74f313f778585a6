import type { WebClient } from '@slack/web-api';
import type { Chat } from '#ports/chat.ts';
import type { Logger } from '#ports/logger.ts';
import { slackErrorName, slackFault } from '../errors.ts';
import { writeMetadata } from '../inbound/form-metadata.ts';
import type { Show } from '../inbound/hearing.ts';
import { renderForm } from '../render/render-form.ts';
import { renderHome } from '../render/render-reply.ts';

/**
 * What is shown at once, past the outbox. `client` should give up well within the three seconds of a trigger. What Slack
 * refuses for good is a line in the log: delivered again, it would be refused again.
 */
export function createShow(client: WebClient, chat: Chat, logger: Logger): Show {
  const trying = async (shown: Promise<unknown>): Promise<void> => {
    await shown.catch((error: unknown) => {
      // A copy of the press, or another replica that got one, has opened it.
      if (slackErrorName(error) === 'exchanged_trigger_id') return;
      const fault = slackFault(error);
      if (fault.kind === 'unavailable') throw fault;
      logger.warn({ error: fault, advice: fault.advice }, 'Slack did not show something to a person');
    });
  };
  return {
    form: (trigger_id, form, place) =>
      trying(client.views.open({ trigger_id, view: renderForm(form, writeMetadata(place)) })),
    privately: (place, person, reply) => trying(chat.notify(place, person, reply)),
    home: (user_id, reply) => trying(client.views.publish({ user_id, view: renderHome(reply) })),
  };
}
