import { modelProseSchema, readModelProse, withProse } from '#domain/automatic-capture/model-prose.ts';
import type { CaseDraft } from '#domain/wording/case-form.ts';
import type { SaidThread } from '#ports/said-thread.ts';
import type { Core } from './core.ts';

type Needs = Pick<Core, 'askModel' | 'redact' | 'logger'>;

/** With what it takes to read the thread, shorter than a thread is held for it. */
const patienceMs = 25_000;

/** A draft, and by which model and prompt it was worded; undefined for the words of the thread. */
export interface WordedDraft {
  readonly draft: CaseDraft;
  readonly by: string | undefined;
}

/**
 * Words a draft better by the model, where one is configured. Commands, outputs and what they are about stay; a model that is away
 * or answers what it should not leaves the draft as it is. Outside of transactions only.
 */
export async function wordDraft(
  { askModel, redact, logger }: Needs,
  draft: CaseDraft,
  { messages }: SaidThread,
): Promise<WordedDraft> {
  if (!askModel) return { draft, by: undefined };
  const { title, symptoms, rootCause, resolution, validation, steps = '' } = draft;
  const thread = messages.map(({ isBot, text }) => `${isBot ? 'bot' : 'person'}: ${text}`).join('\n\n');
  const inputs = {
    thread,
    commands: steps,
    draft: JSON.stringify({ title, symptoms, rootCause, resolution, validation }, null, 1),
  };
  try {
    const asked = { prompt: 'case-draft', inputs, schema: modelProseSchema } as const;
    const { value, by } = await askModel(asked, AbortSignal.timeout(patienceMs));
    const prose = readModelProse(value);
    if (prose) return { draft: clean(withProse(draft, prose, `${redact(thread)}\n${steps}`), redact), by };
    logger.warn({ by }, 'the chat model gave no words for a draft; it keeps those of the thread');
  } catch (error) {
    logger.warn({ error }, 'the chat model worded no draft; it keeps the words of the thread');
  }
  return { draft, by: undefined };
}

/** What a model puts together may be a secret that no part of it was. */
function clean(draft: CaseDraft, redact: Core['redact']): CaseDraft {
  const { title, symptoms, rootCause, resolution, validation } = draft;
  return {
    ...draft,
    title: redact(title),
    symptoms: redact(symptoms),
    rootCause: redact(rootCause),
    resolution: redact(resolution),
    validation: redact(validation),
  };
}
