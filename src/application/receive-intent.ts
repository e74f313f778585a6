import type { RecommendationId } from '#domain/ids.ts';
import { readId } from '#domain/ids.ts';
import type { ButtonPressed, ChatIntent, FormSubmitted } from '#domain/intent.ts';
import { hasRole } from '#domain/person.ts';
import { storableText } from '#domain/text/storable-text.ts';
import { parameterForm } from '#domain/wording/parameter-form.ts';
import type { Inbound, Received } from '#ports/inbound.ts';
import type { Core } from './core.ts';
import { meetSpeaker } from './meet-speaker.ts';
import { checkParameters, readChosen } from './prepare-run.ts';

type Needs = Pick<Core, 'unitOfWork' | 'redact'> & {
  /** Wakes the worker that handles what is durable now. */
  readonly deliveriesWaiting: () => void;
};

/** The door for chat adapters: forms are opened and checked at once, everything else is made durable first. */
export function createReceiveIntent({ unitOfWork, redact, deliveriesWaiting }: Needs): Inbound {
  const keep = async (intent: ChatIntent, delivery: string): Promise<Received> => {
    const fresh = await unitOfWork.within(intent.place.workspace, ({ inbox }) =>
      inbox.add(delivery, withoutSecrets(intent, redact)),
    );
    if (fresh) deliveriesWaiting();
    return { kind: fresh ? 'accepted' : 'duplicate' };
  };
  return {
    receive: async (intent, delivery) => {
      const answer = await answerAtOnce({ unitOfWork, redact }, intent);
      return answer ?? keep(intent, delivery);
    },
  };
}

function withoutSecrets(intent: ChatIntent, redact: Core['redact']): ChatIntent {
  return intent.kind === 'message-posted' || intent.kind === 'message-edited'
    ? { ...intent, text: redact(storableText(intent.text)) }
    : intent;
}

type AtOnce = Pick<Core, 'unitOfWork' | 'redact'>;

async function answerAtOnce(needs: AtOnce, intent: ChatIntent): Promise<Received | undefined> {
  if (intent.kind === 'button-pressed' && intent.action.verb === 'use') return openForm(needs, intent);
  if (intent.kind === 'form-submitted') return checkForm(needs, intent);
  return undefined;
}

/** A runbook with parameters asks for them; what needs no form, or may not be used by this person, goes the durable way. */
async function openForm({ unitOfWork }: AtOnce, intent: ButtonPressed): Promise<Received | undefined> {
  const id = readId<RecommendationId>(intent.action.id);
  if (!id) return undefined;
  return unitOfWork.within(intent.place.workspace, async (transaction) => {
    const person = await meetSpeaker(transaction, intent);
    const chosen = await readChosen(transaction, id);
    if (chosen.kind !== 'runbook' || chosen.runbook.parameters.length === 0) return undefined;
    const mayUse = hasRole(person.role, 'responder') && !(await transaction.runs.ofRecommendation(id));
    return mayUse ? { kind: 'form', form: parameterForm(id, chosen.runbook, chosen.knowledge) } : undefined;
  });
}

/** A form with wrong values is not stored, and neither is one with a secret in it. */
async function checkForm(
  { unitOfWork, redact }: AtOnce,
  intent: FormSubmitted,
): Promise<Received | undefined> {
  const secrets = secretValues(intent, redact);
  if (Object.keys(secrets).length > 0) return { kind: 'invalid', errors: secrets };
  const id = readId<RecommendationId>(intent.action.id);
  if (!id) return undefined;
  return unitOfWork.within(intent.place.workspace, async (transaction) => {
    const chosen = await readChosen(transaction, id);
    if (chosen.kind !== 'runbook') return undefined;
    const checked = checkParameters(chosen.runbook, intent.values, chosen.knowledge);
    return checked.kind === 'invalid' ? checked : undefined;
  });
}

function secretValues({ values }: FormSubmitted, redact: Core['redact']): Record<string, string> {
  const secret = Object.entries(values).filter(([, value]) => redact(value) !== value);
  return Object.fromEntries(
    secret.map(([name]) => [name, 'it looks like a secret, which nobody else in the thread should see']),
  );
}
