import type { WorkspaceId } from '#domain/ids.ts';
import { renderRunbook } from '#domain/runbook/render-runbook.ts';
import type { Runbook } from '#domain/runbook/runbook.ts';
import { runbookFromCase } from '#domain/runbook-from-case/runbook-from-case.ts';
import type { Transaction } from '#ports/unit-of-work.ts';
import type { Core } from './core.ts';

/** A runbook that a case makes, for a person to complete. `text` is its Markdown, which reads back as `runbook`. */
export interface DraftedRunbook {
  /** The name of the case in full. */
  readonly caseSlug: string;
  readonly runbook: Runbook;
  readonly text: string;
}

type Needs = Pick<Core, 'unitOfWork' | 'commandParser' | 'redact'>;

/**
 * The runbook that the case of this name makes, in force or with a runbook in its place already; a case of a thread is also
 * found without its `case-`. Undefined when there is none. Nothing is stored, and what has become known as a secret since the case was saved is masked.
 */
export function createDraftRunbook(needs: Needs) {
  return (workspace: WorkspaceId, name: string): Promise<DraftedRunbook | undefined> =>
    needs.unitOfWork.within(workspace, (transaction) => draftRunbook(needs, transaction, name));
}

/** The same within a transaction. */
export async function draftRunbook(
  { commandParser, redact }: Pick<Needs, 'commandParser' | 'redact'>,
  { solutions, hosts }: Pick<Transaction, 'solutions' | 'hosts'>,
  name: string,
): Promise<DraftedRunbook | undefined> {
  const found = (await solutions.last(name)) ?? (await solutions.last(`case-${name}`));
  if (found?.content.kind !== 'case') return undefined;
  const known = new Set((await hosts.all()).map((host) => host.name));
  const { steps, ...past } = found.content.case;
  // Masked before anything is read from it: a command whose secret is known by now is left out, not rewritten.
  const masked = { ...past, ...(steps === undefined ? {} : { steps: redact(steps) }) };
  const runbook = runbookFromCase(masked, { parse: commandParser.parse, hosts: known });
  return { caseSlug: found.slug, runbook, text: redact(renderRunbook(runbook)) };
}
