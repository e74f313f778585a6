import type { TextMessage } from '../inbound/post-message.ts';
import { type Html, markup } from './html.ts';
import type { Viewer } from './viewer.ts';

/** Another text for one's own message, as a modal dialog. */
export function renderEditForm({ id, body }: TextMessage, { person }: Viewer): Html {
  return markup`<dialog aria-labelledby="form-title">
<form hx-post="/playground/edits" hx-target="#form-problem" hx-swap="innerHTML" novalidate>
<h2 id="form-title">Edit your message</h2>
<input type="hidden" name="person" value="${person.externalId}">
<input type="hidden" name="message" value="${id}">
<div class="field"><label for="edit-text">Text</label>
<textarea id="edit-text" name="text" rows="6" autofocus aria-describedby="form-problem">${body.text}</textarea>
<p class="problem" hidden></p></div>
<div id="form-problem" class="problem" role="alert"></div>
<div class="buttons"><button type="submit" class="button primary">Save</button>
<button type="button" class="button plain" data-close>Cancel</button></div>
</form></dialog>`;
}
