import { exposedSecret } from '#domain/exposure/exposed-secret.ts';
import type { WorkspaceId } from '#domain/ids.ts';
import { mask } from '#domain/redaction/span.ts';
import type { Run } from '#domain/run/run.ts';
import type { Given } from '#domain/runbook/given.ts';
import { renderCommand } from '#domain/runbook/render-command.ts';
import { renderGiven } from '#domain/runbook/render-given.ts';
import type { RunbookStep } from '#domain/runbook/runbook.ts';
import { exposedText } from '#domain/wording/exposed-text.ts';
import { givenLines } from '#domain/wording/given-lines.ts';
import type { Core } from './core.ts';

/** `parameter` is the one to blame, where one alone is. */
export type Prepared =
  | { readonly kind: 'rendered'; readonly command: string; readonly given: Given }
  | PreparationRefused;

export interface PreparationRefused {
  readonly kind: 'refused';
  readonly why: string;
  readonly parameter?: string;
}

export const refused = (why: string, parameter?: string): PreparationRefused => ({
  kind: 'refused',
  why,
  ...(parameter !== undefined && { parameter }),
});

/** What a second block with its note takes of the room of a card. */
const secondBlock = 200;

/** The command as it would be proposed, or why it cannot be. */
export function prepareCommand(
  { settings, redact, commandParser }: Pick<Core, 'settings' | 'redact' | 'commandParser'>,
  step: Pick<RunbookStep, 'id' | 'command' | 'given'>,
  { workspace, run }: { readonly workspace: WorkspaceId; readonly run: Pick<Run, 'parameters'> },
): Prepared {
  const rendered = renderCommand(step.command, run.parameters);
  if (rendered.kind === 'refused')
    return refused(`Step ${step.id} cannot take ${rendered.parameter}: ${rendered.why}.`, rendered.parameter);
  const filled = renderGiven(step, run.parameters);
  if (filled.kind === 'refused')
    return refused(`Step ${step.id} cannot take ${filled.parameter}: ${filled.why}.`, filled.parameter);
  const lines = givenLines(filled.given);
  const shown = [rendered.command, ...lines].join('\n');
  const frame = lines.length === 0 ? 0 : secondBlock;
  if (shown.length + frame > settings.longestCommand(workspace))
    return refused(`Step ${step.id} is too long to be shown whole, so nobody could approve what they see.`);
  // What was masked when the runbook was loaded is no command any more.
  if (redact(shown) !== shown || shown.includes(mask))
    return refused(
      `Step ${step.id} would show a secret in the thread; store it, and name it in the step (docs/secrets.md).`,
    );
  const exposed = exposedSecret(rendered.command, filled.given, (text) => commandParser.parse(text));
  if (exposed) return refused(`Step ${step.id} ${exposedText(exposed)}.`);
  return { ...rendered, given: filled.given };
}
