import { type APIModalSubmission, ComponentType, type ModalSubmitComponent } from 'discord.js';
import type { FormValues } from '#domain/reply.ts';
import { readShared } from './more-fields.ts';

/** What a person entered into what `renderForm` drew, by field name; empty where they gave nothing. */
export function readFormValues(submission: Pick<APIModalSubmission, 'components'>): FormValues {
  const values = submission.components.flatMap(inputsOf).map(readInput);
  return Object.assign({}, ...values);
}

function inputsOf(component: APIModalSubmission['components'][number]): readonly ModalSubmitComponent[] {
  if (component.type === ComponentType.Label) return [component.component];
  return component.type === ComponentType.ActionRow ? component.components : [];
}

function readInput(input: ModalSubmitComponent): FormValues {
  if (input.type === ComponentType.StringSelect) return { [input.custom_id]: input.values[0] ?? '' };
  if (input.type !== ComponentType.TextInput) return {};
  return readShared(input.custom_id, input.value) ?? { [input.custom_id]: input.value };
}
