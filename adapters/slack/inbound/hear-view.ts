import { readAction } from '#domain/action.ts';
import type { FormSubmitted } from '#domain/intent.ts';
import { readFormValues } from '../render/read-form-values.ts';
import { renderForm } from '../render/render-form.ts';
import { readMetadata, writeMetadata } from './form-metadata.ts';
import type { Ack, Hearing, Reading } from './hearing.ts';
import type { ViewSubmission } from './payloads.ts';
import { placeOf } from './read-place.ts';

/** Hands in a submitted form. The acknowledgement closes it, or shows what is wrong beside each field. */
export function createHearView(hearing: Hearing) {
  return async (payload: ViewSubmission): Promise<Ack> => {
    const submitted = await readSubmission(hearing, payload);
    if (!submitted) return undefined;
    const { view } = payload;
    const received = await hearing.inbound.receive(submitted, `view:${view.id}:${view.hash}`);
    switch (received.kind) {
      case 'invalid':
        return { response_action: 'errors', errors: received.errors };
      case 'form':
        return { response_action: 'update', view: renderForm(received.form, writeMetadata(submitted.place)) };
      case 'shown':
        await hearing.show.privately(submitted.place, submitted.speaker.externalId, received.reply);
        return undefined;
      default:
        return undefined;
    }
  };
}

async function readSubmission(
  reading: Reading,
  { user, view }: ViewSubmission,
): Promise<FormSubmitted | undefined> {
  const action = readAction(view.callback_id);
  if (!action) return undefined;
  const { channel, thread } = readMetadata(view.private_metadata) ?? { channel: user.id, thread: null };
  return {
    kind: 'form-submitted',
    place: placeOf(reading, { channel, thread: thread ?? undefined }),
    speaker: await reading.directory.speaker(user.id),
    action,
    values: readFormValues(view.state),
  };
}
