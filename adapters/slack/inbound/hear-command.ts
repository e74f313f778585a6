import { readCommand, savingCommands } from '#domain/command.ts';
import type { CommandGiven } from '#domain/intent.ts';
import { renderReply } from '../render/render-reply.ts';
import type { Ack, Hearing } from './hearing.ts';
import type { SlashCommand } from './payloads.ts';
import { readAnyPlace, withOpenness } from './read-place.ts';
import { namesToIds, readText } from './read-text.ts';

/** Hands in `/recourse …`. What is for this person alone goes back with the acknowledgement. */
export function createHearCommand(hearing: Hearing) {
  return async (payload: SlashCommand): Promise<Ack> => {
    const { channel_id: channel, channel_name: channelName, user_id, text, trigger_id } = payload;
    const verb = readCommand(text);
    const isSaving = verb.kind === 'known' && savingCommands.some((one) => one === verb.verb);
    const where = readAnyPlace(hearing, { channel, channelName });
    const [place, speaker] = await Promise.all([
      isSaving ? where.then((place) => withOpenness(hearing, place)) : where,
      hearing.directory.speaker(user_id),
    ]);
    const intent: CommandGiven = {
      kind: 'command-given',
      place,
      speaker,
      // Whom an administrator gives a role must be known by id: names are not trusted.
      text: readText(namesToIds(text), hearing.self.user),
    };
    const received = await hearing.inbound.receive(intent, `command:${trigger_id}`);
    if (received.kind === 'form') await hearing.show.form(trigger_id, received.form, intent.place);
    if (received.kind !== 'shown') return undefined;
    const { text: summary, blocks } = renderReply(received.reply);
    return { response_type: 'ephemeral', text: summary, blocks };
  };
}
