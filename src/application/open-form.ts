import type { ActionVerb } from '#domain/action.ts';
import { type RecommendationId, readId, type WorkspaceId } from '#domain/ids.ts';
import type { ButtonPressed } from '#domain/intent.ts';
import { hasRole, type Person } from '#domain/person.ts';
import type { FormValues } from '#domain/reply.ts';
import { parameterForm } from '#domain/wording/parameter-form.ts';
import type { Received } from '#ports/inbound.ts';
import type { Transaction } from '#ports/unit-of-work.ts';
import type { Core } from './core.ts';
import type { Told } from './hear-thread.ts';
import { readChosen } from './prepare-run.ts';

export type AtOnce = Pick<
  Core,
  | 'commandParser'
  | 'runbookParser'
  | 'lineDiff'
  | 'matchWhole'
  | 'unitOfWork'
  | 'ids'
  | 'clock'
  | 'redact'
  | 'settings'
  | 'tickets'
  | 'postsWaiting'
  | 'readThread'
  | 'mayRead'
  | 'logger'
>;

/** What a pressed button opens at once; undefined leaves it to the durable way, which tells a person why not. */
export type OpenForm = (
  needs: AtOnce,
  transaction: Transaction,
  pressed: {
    readonly intent: ButtonPressed;
    readonly person: Person;
    /** What the thread says, for what is made of it. */
    readonly told?: Told;
  },
) => Promise<Received | undefined>;

/** What is wrong with submitted values, one sentence a field. */
export type CheckForm = (
  transaction: Transaction,
  form: {
    readonly id: string;
    readonly values: FormValues;
    readonly workspace: WorkspaceId;
    /** Where it was opened. */
    readonly channel: string;
  },
  needs: Pick<AtOnce, 'settings' | 'tickets' | 'redact' | 'commandParser' | 'runbookParser' | 'matchWhole'>,
) => Promise<Readonly<Record<string, string>>>;

export type ByVerb<T> = Partial<Record<ActionVerb, T>>;

/** A runbook with parameters asks for them; what needs no form, or may not be used by this person, is left. */
export const openParameterForm: OpenForm = async (_, transaction, { intent, person }) => {
  const id = readId<RecommendationId>(intent.action.id);
  const chosen = id && (await readChosen(transaction, id));
  if (chosen?.kind !== 'runbook' || chosen.runbook.parameters.length === 0) return undefined;
  const { recommendation, runbook, knowledge } = chosen;
  const isUsed = (await transaction.runs.ofRecommendation(recommendation.id)) !== undefined;
  if (isUsed || !hasRole(person.role, 'responder')) return undefined;
  const action = { verb: 'parameters', id: recommendation.id } as const;
  return { kind: 'form', form: parameterForm(action, runbook, knowledge) };
};
