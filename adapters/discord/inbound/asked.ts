import type { Action } from '#domain/action.ts';
import type { ChatIntent } from '#domain/intent.ts';
import type { FormValues } from '#domain/reply.ts';

/** What an interaction asks for. */
export interface Asked {
  /** Whether a form may be the answer, which has to be the first. */
  readonly opens: boolean;
  /** Throws a Fault when Discord has to be asked and does not answer, or when it is not for this person. */
  readonly read: () => Promise<ChatIntent>;
  /** What a form is filled in with, as far as it is known. */
  readonly entered?: FormValues;
  /** A host that the person named, for the first field that takes it. */
  readonly host?: string | undefined;
  /** A submitted form, to be shown again when it is wrong. */
  readonly submitted?: { readonly action: Action; readonly values: FormValues };
}
