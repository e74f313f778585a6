import type { WebClient } from '@slack/web-api';
import type { Chat } from '#ports/chat.ts';
import { slackErrorName, slackFault } from '../errors.ts';
import { writeMetadata } from '../inbound/form-metadata.ts';
import type { Show } from '../inbound/hearing.ts';
import { renderForm } from '../render/render-form.ts';
import { renderHome } from '../render/render-reply.ts';

/** What is shown at once, past the outbox. `client` should give up well within the three seconds of a trigger. */
export function createShow(client: WebClient, chat: Chat): Show {
  return {
    form: async (trigger_id, form, place) => {
      const view = renderForm(form, writeMetadata(place));
      await client.views.open({ trigger_id, view }).catch((error: unknown) => {
        // A copy of the press, or another replica that got one, has opened it.
        if (slackErrorName(error) !== 'exchanged_trigger_id') throw slackFault(error);
      });
    },
    privately: (place, person, reply) => chat.notify(place, person, reply),
    home: async (user_id, reply) => {
      await client.views.publish({ user_id, view: renderHome(reply) }).catch((error: unknown) => {
        throw slackFault(error);
      });
    },
  };
}
