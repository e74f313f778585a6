import {
  type APILabelComponent,
  type APIModalInteractionResponseCallbackComponent,
  type APIModalInteractionResponseCallbackData,
  type APIStringSelectComponent,
  type APITextInputComponent,
  ComponentType,
  TextInputStyle,
} from 'discord.js';
import { writeAction } from '#domain/action.ts';
import type { Form, FormField, FormValues } from '#domain/reply.ts';
import { clipText } from '#domain/shortening/clip-text.ts';
import { ownValue } from '#domain/text/own-value.ts';
import { limits } from '../limits.ts';
import { drawLine } from './draw-line.ts';
import { unnamed, writeShared, writeSharedId } from './more-fields.ts';
import { plainText } from './plain-text.ts';

/**
 * A form as a modal; `custom_id` is its action, and that of an input its field. `entered` are values given before, shown
 * instead of the initial ones. With more than five fields the last input takes those from the fifth on. Title and intro
 * stand above the inputs where there is room. Throws a Fault when there are more fields than Discord takes.
 */
export function renderForm(form: Form, entered: FormValues = {}): APIModalInteractionResponseCallbackData {
  const fields = form.fields.map((field) => ({
    ...field,
    initial: ownValue(entered, field.name) ?? field.initial,
  }));
  const inputs =
    fields.length <= limits.modalComponents ? fields.map(drawField) : drawMany(form, fields, entered);
  const intro = inputs.length < limits.modalComponents ? drawIntro(form) : [];
  const components = [...intro, ...inputs];
  return {
    custom_id: writeAction(form.action),
    title: plainText(form.title, limits.modalTitle),
    components: components.length > 0 ? components : [textDisplay(plainText(form.title, 200))],
  };
}

const textDisplay = (text: string): APIModalInteractionResponseCallbackComponent => ({
  type: ComponentType.TextDisplay,
  content: drawLine([text]),
});

function drawIntro({ title, intro }: Form): readonly APIModalInteractionResponseCallbackComponent[] {
  const isWhole = plainText(title, limits.modalTitle) === title;
  const lines = [...(isWhole ? [] : [title]), intro].filter((text) => text.trim() !== '');
  return lines.length === 0 ? [] : [textDisplay(lines.map((text) => clipText(text, 1000)).join('\n'))];
}

/** The shared input says what the intro says, because there is no room above the inputs. */
function drawMany(
  { intro }: Form,
  fields: readonly FormField[],
  entered: FormValues,
): readonly APILabelComponent[] {
  const own = fields.slice(0, limits.modalComponents - 1);
  const shared = fields.slice(own.length);
  const values = Object.fromEntries(shared.map(({ name, initial }) => [name, initial]));
  const stray = entered[unnamed] === undefined ? '' : `${entered[unnamed]}\n`;
  const field: FormField = {
    name: writeSharedId(shared),
    label: shared.map(({ label }) => label).join(', '),
    hint: intro.trim() === '' ? 'Write each as “name: value” and leave the names as they are.' : intro,
    initial: stray + writeShared(shared, values),
    required: shared.some(({ required }) => required),
    kind: 'text',
    lines: 'many',
  };
  return [...own, field].map(drawField);
}

function drawField(field: FormField): APILabelComponent {
  return {
    type: ComponentType.Label,
    label: plainText(field.label, limits.inputLabel),
    ...(field.hint.trim() !== '' && { description: plainText(field.hint, limits.inputDescription) }),
    component: field.kind === 'choice' ? drawChoice(field, field.options) : drawInput(field),
  };
}

function drawInput(field: FormField): APITextInputComponent {
  const { initial } = field;
  const many = (field.kind === 'text' && field.lines === 'many') || initial.includes('\n');
  return {
    type: ComponentType.TextInput,
    custom_id: field.name,
    style: many ? TextInputStyle.Paragraph : TextInputStyle.Short,
    max_length: limits.inputValue,
    required: field.required,
    // What does not fit would be sent back cut as if it had been typed so.
    ...(initial.trim() !== '' && initial.length <= limits.inputValue && { value: initial }),
  };
}

/** A menu where Discord can show every option of it whole; a line to type one of them into elsewhere. */
function drawChoice(
  field: FormField,
  values: readonly string[],
): APIStringSelectComponent | APITextInputComponent {
  const distinct = [...new Set(values)];
  if (!distinct.every(isPlain) || distinct.length === 0 || distinct.length > limits.options)
    return drawInput(field);
  return {
    type: ComponentType.StringSelect,
    custom_id: field.name,
    required: field.required,
    options: distinct.map((value) => ({
      label: value,
      value,
      ...(value === field.initial && { default: true }),
    })),
  };
}

const isPlain = (value: string): boolean =>
  value.trim() === value && plainText(value, limits.optionLabel) === value;
