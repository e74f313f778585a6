import type { LoggedMessage } from '#ports/conversation-log.ts';
import { fixedFields, type Html, markup } from './html.ts';
import type { Viewer } from './viewer.ts';

/** What can be done with what a person wrote: ask about it and, for one's own, edit or delete it. */
export function renderMessageMenu({ id, author, body }: LoggedMessage, { person }: Viewer): Html {
  if (body.kind !== 'text') return markup``;
  const fields = fixedFields({ person: person.externalId, message: id });
  const item = (path: string, label: string, confirm?: string) =>
    markup`<button type="button" class="button plain" hx-post="/playground/${path}" hx-vals="${fields}" hx-swap="none"${confirm !== undefined && markup` hx-confirm="${confirm}"`}>${label}</button>`;
  const own =
    author.externalId === person.externalId &&
    markup`${item('edits', 'Edit')}${item('deletions', 'Delete', 'Delete this message?')}`;
  return markup`<details class="menu"><summary aria-label="More about this message" title="More">⋯</summary>
<div class="buttons">${item('asks', 'Ask Recourse about this')}${own}</div></details>`;
}
