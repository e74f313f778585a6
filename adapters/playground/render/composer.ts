import { type Html, markup } from './html.ts';
import type { View, Viewer } from './viewer.ts';

/** Where a person writes. What is wrong with a text is told beside it, and the text stays. */
export function renderComposer(view: View, viewer: Viewer, label: string): Html {
  const id = view.thread === null ? 'composer-channel' : 'composer-thread';
  return markup`<form class="composer" id="${id}" hx-post="/playground/messages" hx-target="#${id}-problem" hx-swap="innerHTML" data-draft="${view.channel}/${view.thread ?? ''}" novalidate>
<div id="${id}-problem" class="problem" role="alert"></div>
<input type="hidden" name="person" value="${viewer.person.externalId}">
<input type="hidden" name="channel" value="${view.channel}">
<input type="hidden" name="thread" value="${view.thread ?? ''}">
<label class="unseen" for="${id}-text">${label}</label>
<textarea id="${id}-text" name="text" rows="1" placeholder="${label}" aria-describedby="${id}-keys" aria-controls="${id}-suggestions" hx-get="/playground/suggestions" hx-trigger="name-typed delay:150ms" hx-include="closest form" hx-target="#${id}-suggestions" hx-swap="innerHTML"></textarea>
<div id="${id}-suggestions" class="suggestions buttons" role="group" aria-label="Runbooks that may be meant" aria-live="polite"></div>
<button type="submit" class="button primary">Send</button>
<p class="keys" id="${id}-keys"><kbd>Enter</kbd> sends, <kbd>Shift</kbd>+<kbd>Enter</kbd> starts a new line. You write as ${viewer.person.name}.</p>
</form>`;
}

/** Beside the composer: what was wrong and, once the message is on the page, the id under which it is sent again. */
export function renderComposerProblem(error: string, id: string | undefined): Html {
  return markup`<p>${error}</p>${id !== undefined && markup`<input type="hidden" name="id" value="${id}">`}`;
}
