import type { InputBlock, KnownBlock, ModalView, Option, PlainTextInput, StaticSelect } from '@slack/types';
import { writeAction } from '#domain/action.ts';
import { Fault } from '#domain/fault.ts';
import type { Form, FormField } from '#domain/reply.ts';
import { clipLine } from '#domain/shortening/clip-block.ts';
import { clipText } from '#domain/shortening/clip-text.ts';
import { limits } from '../limits.ts';
import { drawBlock } from './draw-block.ts';
import { escapeControl, plainText } from './plain-text.ts';
import { valueName } from './read-form-values.ts';

/**
 * A form as a modal. `callback_id` is the form's action, `metadata` comes back with the submission, and each field is
 * an input block of its name, so that the errors of a refused submission are keyed by field name. A title that Slack
 * has no room for is repeated above the fields. Throws a Fault when there are more fields or metadata than Slack takes.
 */
export function renderForm(form: Form, metadata: string): ModalView {
  if (metadata.length > limits.privateMetadata || form.fields.length > mostFields)
    throw new Fault(
      'rejected',
      'slack-form-too-large',
      'The form is larger than Slack takes.',
      `Slack shows at most ${mostFields} fields.`,
    );
  const title = plainText(form.title, limits.viewTitle);
  return {
    type: 'modal',
    callback_id: writeAction(form.action),
    private_metadata: metadata,
    title,
    submit: plainText(form.submitLabel, limits.viewSubmit),
    close: plainText('Cancel', limits.viewClose),
    blocks: [...introBlocks(form, title.text), ...form.fields.map(drawField)],
  };
}

/** Two blocks may stand above the fields. */
const mostFields = limits.viewBlocks - 2;

function introBlocks({ title, intro, fields }: Form, shown: string): readonly KnownBlock[] {
  const isWhole = shown === escapeControl(title);
  const lines = [...(isWhole ? [] : [title]), ...(intro === '' ? [] : [intro])];
  const blocks = lines.flatMap((text) => drawBlock({ kind: 'text', line: clipLine([text], 1000) }));
  return blocks.length + fields.length > 0 ? blocks : [{ type: 'divider' }];
}

function drawField(field: FormField): InputBlock {
  return {
    type: 'input',
    block_id: field.name,
    label: plainText(field.label, limits.inputLabel),
    optional: !field.required,
    element: field.kind === 'choice' ? drawChoice(field, field.options) : drawInput(field),
    ...(field.hint !== '' && { hint: plainText(field.hint, limits.inputHint) }),
  };
}

function drawInput(field: FormField): PlainTextInput {
  const { initial } = field;
  return {
    type: 'plain_text_input',
    action_id: valueName,
    ...(field.kind === 'text' && field.lines === 'many' && { multiline: true }),
    // What does not fit would be sent back cut as if it had been typed so.
    ...(initial !== '' && initial.length <= limits.inputInitial && { initial_value: initial }),
  };
}

/**
 * A menu, where Slack can show every option of it whole and gives back exactly what was chosen; a line to type one of
 * them into elsewhere.
 */
function drawChoice(field: FormField, values: readonly string[]): StaticSelect | PlainTextInput {
  const most = limits.options * limits.optionGroups;
  if (!values.every(isPlain) || values.length === 0 || values.length > most) return drawInput(field);
  const initial = values.find((value) => value === field.initial);
  return {
    type: 'static_select',
    action_id: valueName,
    ...(values.length <= limits.options
      ? { options: values.map(drawOption) }
      : { option_groups: group(values) }),
    ...(initial !== undefined && { initial_option: drawOption(initial) }),
  };
}

const isPlain = (value: string): boolean => plainText(value, limits.optionText).text === value;

const drawOption = (value: string): Option & { text: ReturnType<typeof plainText> } => ({
  text: plainText(value, limits.optionText),
  value,
});

function group(values: readonly string[]) {
  const count = Math.ceil(values.length / limits.options);
  return Array.from({ length: count }, (_, index) => {
    const part = values.slice(index * limits.options, (index + 1) * limits.options);
    const label = `${clipText(part[0] ?? '', 30)} – ${clipText(part.at(-1) ?? '', 30)}`;
    return { label: plainText(label, limits.optionGroupLabel), options: part.map(drawOption) };
  });
}
