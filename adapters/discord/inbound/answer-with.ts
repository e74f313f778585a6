import { Fault } from '#domain/fault.ts';
import type { Form, Reply } from '#domain/reply.ts';
import { lostPressNotice } from '#domain/wording/press-notices.ts';
import type { Received } from '#ports/inbound.ts';
import { renderInvalid } from '../render/render-invalid.ts';
import { renderReply } from '../render/render-reply.ts';
import type { Asked } from './asked.ts';
import { fillIn } from './fill-in.ts';
import type { Answer } from './respond.ts';

/** What became of an interaction; `lost` when it could not be kept. */
export type Outcome = Received | { readonly kind: 'lost'; readonly reply: Reply };

export function answerWith(answer: Answer, asked: Asked, outcome: Outcome): Promise<void> {
  switch (outcome.kind) {
    case 'form':
      return showForm(answer, asked, outcome.form);
    case 'shown':
    case 'lost':
      return answer.show(renderReply(outcome.reply));
    case 'invalid':
      return showInvalid(answer, asked, outcome.errors);
    case 'accepted':
    case 'duplicate':
      return answer.done();
  }
}

/** A form that Discord has no room for is told instead. */
async function showForm(answer: Answer, { entered = {}, host }: Asked, form: Form): Promise<void> {
  try {
    await answer.form(form, fillIn(form, entered, host));
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    await answer.show(renderReply(lostPressNotice(error)));
  }
}

async function showInvalid(
  answer: Answer,
  { submitted }: Asked,
  errors: Readonly<Record<string, string>>,
): Promise<void> {
  // Only a submitted form can be wrong.
  if (submitted) await answer.show(renderInvalid(submitted.action, errors, submitted.values));
}
