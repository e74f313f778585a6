import { isOpening, type OpeningVerb } from '#domain/action.ts';
import { mayList, readCommand } from '#domain/command.ts';
import type { ButtonPressed, ChatIntent, CommandGiven, FormSubmitted } from '#domain/intent.ts';
import { redactForm } from '#domain/redaction/redact-form.ts';
import { redactReply } from '#domain/redaction/redact-reply.ts';
import { storableText } from '#domain/text/storable-text.ts';
import { notice } from '#domain/wording/notices.ts';
import type { Inbound, Received } from '#ports/inbound.ts';
import type { Transaction } from '#ports/unit-of-work.ts';
import { answerCommand } from './answer-command.ts';
import { checkTicketForm, openTicketForm } from './ask-tickets.ts';
import { checkComment, openCommentForm } from './comment-recommendation.ts';
import type { Core } from './core.ts';
import { checkEditForm, openEditForm } from './edit-parameters.ts';
import { hearThread, type Told } from './hear-thread.ts';
import { checkRunbookForm, openRunbookForm } from './make-runbook.ts';
import { meetSpeaker } from './meet-speaker.ts';
import { noteAct } from './note-act.ts';
import { type AtOnce, type ByVerb, type CheckForm, type OpenForm, openParameterForm } from './open-form.ts';
import { checkParameterForm } from './prepare-run.ts';
import { previewRun } from './preview-run.ts';
import { showHome } from './read-overviews.ts';
import { readableChannels } from './readable-channels.ts';
import { checkRetirement, openDeprecatedForm } from './review-deprecated.ts';
import { checkRejection, openReviewForm, showReview } from './review-versions.ts';
import { checkRunForm, openRunForm } from './run-by-name.ts';
import { checkCaseForm, openCaseForm } from './save-case.ts';
import { showDetails } from './show-details.ts';
import { checkSnooze, openSnoozeForm } from './snooze-alerts.ts';
import { createSuggest } from './suggest.ts';

type Needs = AtOnce & {
  /** Wakes the worker that handles what is durable now. */
  readonly deliveriesWaiting: () => void;
};

/** Buttons that are answered at once. */
const openers: Readonly<Record<OpeningVerb, OpenForm>> = {
  use: openParameterForm,
  run: openRunForm,
  edit: openEditForm,
  comment: openCommentForm,
  'save-case': openCaseForm,
  'make-runbook': openRunbookForm,
  snooze: openSnoozeForm,
  ticket: openTicketForm,
  more: showDetails,
  review: showReview,
  'approve-version': openReviewForm,
  'reject-version': openReviewForm,
  revive: openDeprecatedForm,
  retire: openDeprecatedForm,
  preview: previewRun,
};

/** Forms by the verb that they carry. */
const checkers: ByVerb<CheckForm> = {
  parameters: checkParameterForm,
  run: checkRunForm,
  edit: checkEditForm,
  comment: checkComment,
  'save-case': checkCaseForm,
  'make-runbook': checkRunbookForm,
  'reject-version': checkRejection,
  retire: checkRetirement,
  snooze: checkSnooze,
  ticket: checkTicketForm,
};

/** The door for chat adapters: what a person waits for is answered at once, everything else is made durable first. */
export function createReceiveIntent(needs: Needs): Inbound {
  const { unitOfWork, redact, deliveriesWaiting } = needs;
  const keep = async (intent: ChatIntent, delivery: string): Promise<Received> => {
    const fresh = await unitOfWork.within(intent.place.workspace, async (transaction) => {
      const isNew = await transaction.inbox.add(delivery, intent);
      if (isNew) await noteAct(needs, transaction, intent);
      return isNew;
    });
    if (fresh) deliveriesWaiting();
    return { kind: fresh ? 'accepted' : 'duplicate' };
  };
  const suggest = createSuggest(needs);
  return {
    suggest: async (inquiry) => {
      const suggestions = await suggest(inquiry);
      return suggestions.map((suggestion) => ({ ...suggestion, label: redact(suggestion.label) }));
    },
    receive: async (given, delivery) => {
      // What waits here must not undo what is learnt of the speaker meanwhile.
      const name = redact(storableText(given.speaker.name));
      const speaker = { asOf: needs.clock.now(), ...given.speaker, name };
      const intent = storable({ ...given, speaker }, redact);
      const answer = await answerAtOnce(needs, intent, delivery);
      return answer ? withoutSecrets(answer, redact) : keep(intent, delivery);
    },
  };
}

/** What a person writes is kept without secrets; a form is refused with one, beside the field. */
function storable(intent: ChatIntent, redact: Core['redact']): ChatIntent {
  switch (intent.kind) {
    case 'message-posted':
    case 'message-edited':
    case 'command-given':
      return { ...intent, text: redact(storableText(intent.text)) };
    case 'form-submitted':
      return { ...intent, values: mapValues(intent.values, storableText) };
    default:
      return intent;
  }
}

/** The last look before an answer leaves that waits in no outbox. */
function withoutSecrets(answer: Received, redact: Core['redact']): Received {
  switch (answer.kind) {
    case 'form':
      return { ...answer, form: redactForm(answer.form, redact) };
    case 'shown':
      return { ...answer, reply: redactReply(answer.reply, redact) };
    case 'invalid':
      return { ...answer, errors: mapValues(answer.errors, (error) => redact(error)) };
    default:
      return answer;
  }
}

const mapValues = (values: FormSubmitted['values'], change: (value: string) => string) =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, change(value)]));

async function answerAtOnce(
  needs: Needs,
  intent: ChatIntent,
  delivery: string,
): Promise<Received | undefined> {
  const within = <T>(work: (transaction: Transaction) => Promise<T>) =>
    needs.unitOfWork.within(intent.place.workspace, work);
  switch (intent.kind) {
    case 'button-pressed':
      return press(needs, intent);
    case 'form-submitted':
      return check(needs, intent);
    case 'command-given': {
      const told = await hearNamedThread(needs, intent);
      const readable = await readableOf(needs, intent);
      const answer = await within(async (transaction) => {
        await noteAct(needs, transaction, intent);
        return answerCommand(needs, transaction, { intent, delivery, told, readable });
      });
      needs.deliveriesWaiting();
      needs.postsWaiting();
      return answer;
    }
    case 'home-opened': {
      const readable = await readableChannels(needs, intent);
      return within(async (transaction) => {
        const person = await meetSpeaker(transaction, intent);
        return mayList(intent.speaker.standing)
          ? showHome(needs, transaction, person, readable)
          : { kind: 'shown', reply: notice('This page is for members of this workspace.') };
      });
    }
    case 'person-changed':
      // At once: an approval in the queue counts only while its approver may approve.
      await within(({ people }) => people.refresh(intent.speaker));
      return { kind: 'accepted' };
    default:
      return undefined;
  }
}

/** `save` within a thread opens the form of that thread. */
async function hearNamedThread(needs: AtOnce, intent: CommandGiven): Promise<Told> {
  const { thread } = intent.place;
  const command = readCommand(intent.text);
  const isSave = command.kind === 'known' && command.verb === 'save';
  return isSave && thread !== null ? hearThread(needs, intent, thread) : 'unasked';
}

/** Only the list of runs tells of other channels. */
async function readableOf(needs: Needs, intent: CommandGiven): Promise<readonly string[]> {
  const command = readCommand(intent.text);
  const isList = command.kind === 'known' && command.verb === 'runs';
  return isList ? readableChannels(needs, intent) : [];
}

async function press(needs: AtOnce, intent: ButtonPressed): Promise<Received | undefined> {
  const { verb } = intent.action;
  if (!isOpening(verb)) return undefined;
  const open = openers[verb];
  const told = verb === 'save-case' ? await hearThread(needs, intent, intent.action.id) : 'unasked';
  return needs.unitOfWork.within(intent.place.workspace, async (transaction) => {
    const person = await meetSpeaker(transaction, intent);
    await noteAct(needs, transaction, intent);
    return open(needs, transaction, { intent, person, told });
  });
}

/** A form with wrong values is not stored, and neither is one with a secret in it. */
async function check(needs: AtOnce, { action, place, values }: FormSubmitted): Promise<Received | undefined> {
  const { unitOfWork, redact } = needs;
  const { workspace, channel } = place;
  const secret = Object.keys(values).filter((name) => redact(values[name] ?? '') !== values[name]);
  const checker = checkers[action.verb];
  const errors =
    secret.length > 0
      ? Object.fromEntries(secret.map((name) => [name, secretSentence]))
      : await unitOfWork.within(workspace, async (transaction) =>
          checker ? checker(transaction, { id: action.id, values, workspace, channel }, needs) : {},
        );
  return Object.keys(errors).length > 0 ? { kind: 'invalid', errors } : undefined;
}

const secretSentence = 'it looks like a secret, which nobody else in the thread should see';
