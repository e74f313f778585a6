import type { Form, FormField, FormValues } from '../reply.ts';
import { cutLines, restoreLines } from '../shortening/cut-lines.ts';
import { ownValue } from '../text/own-value.ts';

/** Characters that a field may be filled with, by its name; others are filled with all they have. */
export type FieldRoom = Readonly<Record<string, number>>;

/** Of a line there is no beginning to show: without room for it the field stays empty. */
const isLeftOut = (field: FormField, room: FieldRoom): boolean =>
  !isMany(field) && field.initial.length > roomOf(field, room);

const isMany = (field: FormField): boolean => field.kind === 'text' && field.lines === 'many';

const roomOf = ({ name }: FormField, room: FieldRoom): number =>
  ownValue(room, name) ?? Number.POSITIVE_INFINITY;

/**
 * The same form with values that every chat can show: of a text that is too long its beginning, with a line that stands for
 * the rest. `restoreForm` puts all of it back.
 */
export function fitForm(form: Form, room: FieldRoom): Form {
  const fields = form.fields.map((field): FormField => {
    if (!isLeftOut(field, room)) return { ...field, initial: cutLines(field.initial, roomOf(field, room)) };
    const hint = `Too long for this form (${field.initial.length} characters). Left empty, it stays as it is.`;
    return { ...field, initial: '', required: false, hint };
  });
  return { ...form, fields };
}

/**
 * What a person gave, with all that their form had no room for. `form` is the whole one; what did not come back at all stays
 * as it is there. `stale` names the fields whose rest is of another text than that.
 */
export function restoreForm(
  values: FormValues,
  form: Form,
  room: FieldRoom,
): { readonly values: FormValues; readonly stale: readonly string[] } {
  const stale: string[] = [];
  const restored = form.fields.map((field) => {
    const { name, initial } = field;
    const given = (ownValue(values, name) ?? initial).replace(/\r\n?/g, '\n');
    if (given.trim() === '' && isLeftOut(field, room)) return [name, initial];
    const whole = isMany(field) ? restoreLines(given, initial, roomOf(field, room)) : given;
    if (whole === undefined) stale.push(name);
    return [name, whole ?? given];
  });
  return { values: Object.fromEntries(restored), stale };
}
