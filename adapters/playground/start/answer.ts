import type { Context } from 'hono';
import { unreachable } from '#domain/fault.ts';
import type { LoggedMessage } from '#ports/conversation-log.ts';
import type { Refused } from '../errors.ts';
import type { ChangedReaction } from '../inbound/change-reaction.ts';
import type { PostedMessage } from '../inbound/post-message.ts';
import type { Answered } from '../inbound/press-button.ts';
import type { Fields } from '../inbound/read-fields.ts';
import type { PlaygroundOptions } from '../options.ts';
import { findButton, renderButton } from '../render/card.ts';
import { renderComposerProblem } from '../render/composer.ts';
import { renderForm, renderFormErrors } from '../render/form.ts';
import { type Html, markup } from '../render/html.ts';
import type { Viewer } from '../render/viewer.ts';

export type Answer = Response | Promise<Response>;

/** A new thread opens beside the channel; a reply shows up by itself, over the live stream. */
export function answerMessage(
  c: Context,
  outcome: PostedMessage,
  fields: Fields,
  options: PlaygroundOptions,
): Answer {
  if (!isPage(c)) return answerJson(c, outcome);
  if (outcome.kind === 'refused') {
    const id = 'id' in outcome ? outcome.id : undefined;
    return c.html(renderComposerProblem(outcome.error, id), outcome.status);
  }
  if (outcome.kind === 'form') return answerQuestion(c, { ...outcome, message: null }, fields, options);
  if (outcome.kind !== 'accepted') return c.body(null, 204);
  const { person, channel, id, thread } = outcome;
  if (thread === null) c.header('HX-Redirect', `/?${new URLSearchParams({ person, channel, thread: id })}`);
  return c.body(null, 204);
}

export function answerReaction(c: Context, outcome: ChangedReaction): Answer {
  if (!isPage(c)) return answerJson(c, outcome);
  return outcome.kind === 'refused' ? answerProblem(c, outcome) : c.body(null, 204);
}

/** An accepted press shows on the button until the card is drawn anew; a second one of a double click changes nothing. */
export function answerButton(
  c: Context,
  outcome: Answered,
  fields: Fields,
  options: PlaygroundOptions,
): Answer {
  if (!isPage(c)) return answerJson(c, outcome);
  switch (outcome.kind) {
    case 'accepted': {
      const viewer = readViewer(options, fields);
      const { message } = outcome;
      const button = message && findShownButton(message, fields.action ?? '');
      return button && viewer ? c.html(renderButton(button, message.id, viewer, true)) : c.body(null, 204);
    }
    case 'duplicate':
    case 'shown':
      return c.body(null, 204);
    case 'form':
    case 'invalid':
    case 'refused':
      return answerQuestion(c, outcome, fields, options);
    default:
      return unreachable(outcome);
  }
}

/** A form that was taken closes; one with wrong values stays as it was typed, each error beside its field. */
export function answerForm(
  c: Context,
  outcome: Answered,
  fields: Fields,
  options: PlaygroundOptions,
): Answer {
  if (!isPage(c)) return answerJson(c, outcome);
  switch (outcome.kind) {
    case 'accepted':
    case 'duplicate':
    case 'shown':
      return intoDialog(c, markup``);
    case 'form':
      return answerQuestion(c, outcome, fields, options);
    case 'invalid': {
      const names = Object.keys(fields).flatMap((name) =>
        name.startsWith('value.') ? [name.slice('value.'.length)] : [],
      );
      return c.html(markup`${renderFormErrors(outcome.errors, names)}`, 422);
    }
    case 'refused':
      return c.html(markup`<p>${outcome.error}</p>`, outcome.status);
    default:
      return unreachable(outcome);
  }
}

function answerQuestion(
  c: Context,
  outcome: Extract<Answered, { kind: 'form' | 'invalid' | 'refused' }>,
  fields: Fields,
  options: PlaygroundOptions,
): Answer {
  if (outcome.kind === 'refused') return answerProblem(c, outcome);
  if (outcome.kind === 'invalid') {
    return answerProblem(c, { kind: 'refused', status: 400, error: Object.values(outcome.errors).join(' ') });
  }
  const viewer = readViewer(options, fields);
  const { channel, thread } = outcome.place;
  return viewer === undefined
    ? c.body(null, 204)
    : intoDialog(
        c,
        renderForm(outcome.form, { message: outcome.message?.id ?? '', channel, thread }, viewer),
      );
}

function findShownButton({ body }: LoggedMessage, action: string) {
  return body.kind === 'reply' ? findButton(body.reply, action) : undefined;
}

export function intoDialog(c: Context, piece: Html): Answer {
  c.header('HX-Retarget', '#dialog');
  c.header('HX-Reswap', 'innerHTML');
  return c.html(piece);
}

/** In the corner of the page, for what has no place of its own. */
export function answerProblem(c: Context, { error, status }: Refused): Answer {
  c.header('HX-Retarget', '#notice');
  c.header('HX-Reswap', 'innerHTML');
  return c.html(
    markup`<p>${error}</p><button type="button" class="button plain" data-dismiss>Dismiss</button>`,
    status,
  );
}

const jsonStatus = { accepted: 202, duplicate: 200, form: 200, shown: 200, invalid: 422 } as const;

/** The outcome as it is, without the message and the place that a program named itself. */
export function answerJson(c: Context, outcome: PostedMessage | ChangedReaction | Answered): Answer {
  const { message: _, place: __, ...body } = { message: undefined, place: undefined, ...outcome };
  return c.json(body, outcome.kind === 'refused' ? outcome.status : jsonStatus[outcome.kind]);
}

/** Whether the page asks, for markup to put into itself. */
export function isPage(c: Context): boolean {
  return c.req.header('hx-request') === 'true';
}

export function readViewer({ people, clock }: PlaygroundOptions, fields: Fields): Viewer | undefined {
  const person = people.find((one) => one.externalId === fields.person);
  return person && { person, people, now: clock.now() };
}
