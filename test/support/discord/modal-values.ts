import { inputOf } from './check-limits.ts';
import { isJson, type Json } from './world.ts';

const textInput = 4;

/** The inputs of a modal with what they hold, by `custom_id`. */
export function modalInputs(modal: Json): Readonly<Record<string, string>> {
  return Object.fromEntries(
    partsOf(modal).flatMap((part) => {
      const input = inputOf(part);
      return input?.custom_id === undefined ? [] : [[String(input.custom_id), initialOf(input)]];
    }),
  );
}

function initialOf(input: Json): string {
  if (input.type === textInput) return String(input.value ?? '');
  const options = Array.isArray(input.options) ? input.options.filter(isJson) : [];
  return String(options.find((option) => option.default === true)?.value ?? '');
}

/** What is submitted: every part as it was drawn, with what was entered. */
export const filledIn = (modal: Json, values: Readonly<Record<string, string>>): readonly Json[] =>
  partsOf(modal).flatMap((part, n): readonly Json[] => {
    const input = inputOf(part);
    if (!input) return [{ type: part.type, id: n + 1 }];
    const id = String(input.custom_id);
    const entered = values[id] ?? '';
    const filled = {
      type: input.type,
      id: n + 1,
      custom_id: id,
      ...(input.type === textInput ? { value: entered } : { values: entered === '' ? [] : [entered] }),
    };
    return [part.type === 1 ? { type: 1, components: [filled] } : { type: 18, id: n + 1, component: filled }];
  });

const partsOf = ({ components }: Json): readonly Json[] =>
  Array.isArray(components) ? components.filter(isJson) : [];
