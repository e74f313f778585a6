import type { Form, FormField } from '#domain/reply.ts';
import type { Redact } from './redact.ts';

/**
 * A form with every text that a person would read redacted. A field is left empty rather than filled with a mask, which
 * would come back as a value; an option that would be masked can be read no more, and choosing it is refused.
 */
export function redactForm(form: Form, redact: Redact): Form {
  return {
    ...form,
    title: redact(form.title),
    intro: redact(form.intro),
    submitLabel: redact(form.submitLabel),
    fields: form.fields.map((field) => inField(field, redact)),
  };
}

function inField(field: FormField, redact: Redact): FormField {
  const { label, hint, initial } = field;
  const clean = {
    label: redact(label),
    hint: redact(hint),
    initial: redact(initial) === initial ? initial : '',
  };
  return field.kind === 'choice'
    ? { ...field, ...clean, options: [...new Set(field.options.map((option) => redact(option)))] }
    : { ...field, ...clean };
}
