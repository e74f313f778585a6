import { writeAction } from '#domain/action.ts';
import type { Form, FormField } from '#domain/reply.ts';
import { ownValue } from '#domain/text/own-value.ts';
import { type Html, markup } from './html.ts';
import type { Viewer } from './viewer.ts';

/** What a form is about: a message with a button, or without one (empty) the place where a command was typed. */
export interface FormPlace {
  readonly message: string;
  readonly channel: string;
  readonly thread: string | null;
}

/** A form as a modal dialog; the page's script opens whatever dialog arrives. */
export function renderForm(form: Form, where: FormPlace, viewer: Viewer): Html {
  return markup`<dialog aria-labelledby="form-title">
<form hx-post="/playground/forms" hx-target="#form-problem" hx-swap="innerHTML" novalidate>
<h2 id="form-title">${form.title}</h2>
${form.intro !== '' && markup`<p>${form.intro}</p>`}
<input type="hidden" name="person" value="${viewer.person.externalId}">
<input type="hidden" name="message" value="${where.message}">
<input type="hidden" name="channel" value="${where.channel}">
<input type="hidden" name="thread" value="${where.thread ?? ''}">
<input type="hidden" name="action" value="${writeAction(form.action)}">
${form.fields.map(renderField)}
<div id="form-problem" class="problem" role="alert"></div>
<div class="buttons"><button type="submit" class="button primary">${form.submitLabel}</button>
<button type="button" class="button plain" data-close>Cancel</button></div>
</form></dialog>`;
}

function renderField(field: FormField, index: number): Html {
  const id = fieldId(field.name);
  const required = field.required
    ? markup`<span class="required">required</span>`
    : markup`<span class="optional">optional</span>`;
  return markup`<div class="field"><label for="${id}">${field.label} ${required}</label>
${field.hint !== '' && markup`<p class="hint" id="${id}-hint">${field.hint}</p>`}
${renderInput(field, id, index === 0)}
<p class="problem" id="${id}-error" role="alert"></p></div>`;
}

function renderInput(field: FormField, id: string, first: boolean): Html {
  const describedBy = `${field.hint === '' ? '' : `${id}-hint `}${id}-error`;
  const shared = markup` id="${id}" name="value.${field.name}" aria-describedby="${describedBy}"${first && markup` autofocus`}${field.required && markup` required`}`;
  if (field.kind === 'text' && field.lines === 'many') {
    return markup`<textarea${shared} rows="4">${field.initial}</textarea>`;
  }
  if (field.kind === 'text') {
    return markup`<input type="text"${shared} value="${field.initial}" autocomplete="off" autocapitalize="off" spellcheck="false">`;
  }
  const options = field.options.map(
    (option) =>
      markup`<option value="${option}"${option === field.initial && markup` selected`}>${option}</option>`,
  );
  return markup`<select${shared}>${options}</select>`;
}

/**
 * What was wrong, each beside its field; a field of the request without an error is cleared. What was typed stays
 * as it is, because only the sentences are replaced. An error of no field goes below them all.
 */
export function renderFormErrors(
  errors: Readonly<Record<string, string>>,
  fieldNames: readonly string[],
): readonly Html[] {
  const beside = fieldNames.map(
    (name) =>
      markup`<hx-partial hx-target="#${fieldId(name)}-error" hx-swap="textContent">${ownValue(errors, name) ?? ''}</hx-partial>`,
  );
  const others = Object.entries(errors)
    .filter(([name]) => !fieldNames.includes(name))
    .map(([name, error]) => `${name}: ${error}`);
  return [...beside, markup`<p>${others.join(' ')}</p>`];
}

/** A field's name comes from a runbook; as hexadecimal it is safe in an id and in a selector. */
function fieldId(name: string): string {
  return `field-${Buffer.from(name).toString('hex')}`;
}
