import { caseOrigin } from '#domain/review/review.ts';
import { type Audience, isNarrower, isSameAudience } from '#domain/visibility/visibility.ts';
import type { Shown } from '#ports/stores/visibility-store.ts';
import type { Transaction } from '#ports/unit-of-work.ts';

/** Of a solution: for whom it was, for whom it is from now on, and who says so, by the platform's id. */
interface AudienceChange {
  readonly slug: string;
  readonly from: Shown;
  readonly to: Audience;
  readonly by: string;
}

/** A runbook with the words of a case that was narrowed: it followed, or is shown to more than the case still. */
export interface RunbookOfCase {
  readonly slug: string;
  readonly followed: boolean;
  readonly audience: Audience;
}

/**
 * Notes for whom a solution is, and in the audit log who said so. A runbook that was made of a case has its words: where the case is narrowed,
 * it is for fewer too, unless somebody said of it that it is for others. Undefined where there is none that is for more.
 */
export async function changeAudience(
  transaction: Transaction,
  change: AudienceChange,
): Promise<RunbookOfCase | undefined> {
  await set(transaction, change);
  const { slug, from, to, by } = change;
  if (from.kind !== 'case' || !isNarrower(to, from)) return undefined;
  const made = await transaction.solutions.ofOrigin(caseOrigin(slug));
  const runbook = made && (await transaction.visibility.of(made.slug));
  if (!runbook || !isNarrower(to, runbook)) return undefined;
  const followed = isSameAudience(runbook, from);
  if (followed) await set(transaction, { slug: made.slug, from: runbook, to, by });
  return { slug: made.slug, followed, audience: followed ? to : runbook };
}

async function set(
  { visibility, audit }: Pick<Transaction, 'visibility' | 'audit'>,
  { slug, from, to, by }: AudienceChange,
): Promise<void> {
  await visibility.set(from.id, to);
  await audit.append({
    actor: by,
    event: 'visibility.set',
    details: { solution: from.id, slug, before: from.visibility, ...to },
  });
}
