import { type ExtendedCase, extendCase } from '#domain/case-draft/extend-case.ts';
import type { Incident } from '#domain/incident.ts';
import type { SaidThread } from '#ports/said-thread.ts';
import type { Transaction } from '#ports/unit-of-work.ts';
import { type DraftedCase, draftCase, draftOf, type SavedCase } from './draft-case.ts';

/** A saved case with what its thread told since, and how that ended. */
export type NextVersion = ExtendedCase & Pick<DraftedCase, 'outcome'>;

/**
 * The next version of a case whose thread went on after it was saved: the problem was back, or something more was done. What
 * somebody saved stays as they left it. Undefined where nothing of it is new.
 */
export async function draftNext(
  needs: Parameters<typeof draftCase>[0],
  transaction: Transaction,
  { incident, messages }: { readonly incident: Incident } & Pick<SaidThread, 'messages'>,
  { past, savedAt }: SavedCase,
): Promise<NextVersion | undefined> {
  const told = await draftCase(needs, transaction, { incident, messages, since: savedAt });
  const { owner: _, ...saved } = draftOf(past);
  const extended = extendCase(saved, told.draft);
  return extended && { ...extended, outcome: told.outcome };
}
