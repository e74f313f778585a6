import type { Context } from 'hono';
import { refuse } from '../errors.ts';
import type { ChangedMessage } from '../inbound/change-message.ts';
import type { Fields } from '../inbound/read-fields.ts';
import type { PlaygroundOptions } from '../options.ts';
import { renderEditForm } from '../render/edit-form.ts';
import { markup } from '../render/html.ts';
import { type Answer, answerJson, answerProblem, intoDialog, isPage, readViewer } from './answer.ts';

/** What came of a change to a message: the text is asked for in a dialog, and what was changed shows by itself. */
export function answerChange(
  c: Context,
  outcome: ChangedMessage,
  fields: Fields,
  options: PlaygroundOptions,
): Answer {
  if (!isPage(c)) return answerJson(c, outcome.kind === 'text-wanted' ? textMissing : outcome);
  if (outcome.kind === 'text-wanted') {
    const viewer = readViewer(options, fields);
    return viewer ? intoDialog(c, renderEditForm(outcome.message, viewer)) : c.body(null, 204);
  }
  const inDialog = fields.text !== undefined;
  if (outcome.kind === 'accepted') return inDialog ? intoDialog(c, markup``) : c.body(null, 204);
  return inDialog ? c.html(markup`<p>${outcome.error}</p>`, outcome.status) : answerProblem(c, outcome);
}

const textMissing = refuse(400, 'The request has no text.');
