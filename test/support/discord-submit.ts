import {
  type APIModalInteractionResponseCallbackData,
  type APIModalSubmission,
  ComponentType,
  type ModalSubmitComponent,
} from 'discord.js';
import type { FormValues } from '#domain/reply.ts';
import { ownValue } from '#domain/text/own-value.ts';

/** What Discord sends when somebody submits a modal with these changes to what stood in it. */
export function submit(
  modal: APIModalInteractionResponseCallbackData,
  changes: FormValues = {},
): APIModalSubmission {
  const components = modal.components.flatMap((part, id) =>
    part.type === ComponentType.Label
      ? [{ type: part.type, id, component: enter(part.component as Input, changes) }]
      : [],
  );
  return { custom_id: modal.custom_id, components };
}

interface Input {
  readonly type: ComponentType;
  readonly custom_id: string;
  readonly value?: string;
  readonly options?: readonly { readonly value: string; readonly default?: boolean }[];
}

function enter(
  { type, custom_id, value = '', options = [] }: Input,
  changes: FormValues,
): ModalSubmitComponent {
  const changed = ownValue(changes, custom_id);
  if (type === ComponentType.TextInput) return { type, id: 0, custom_id, value: changed ?? value };
  const chosen = changed ?? options.find((option) => option.default)?.value;
  return { type: ComponentType.StringSelect, id: 0, custom_id, values: chosen === undefined ? [] : [chosen] };
}
