import { readId, type StepId } from '#domain/ids.ts';
import type { ButtonPressed, FormSubmitted } from '#domain/intent.ts';
import { hasRole, type Person } from '#domain/person.ts';
import type { FormValues } from '#domain/reply.ts';
import type { Run } from '#domain/run/run.ts';
import type { Step } from '#domain/run/step.ts';
import type { Runbook, RunbookStep } from '#domain/runbook/runbook.ts';
import { ownValue } from '#domain/text/own-value.ts';
import { notice } from '#domain/wording/notices.ts';
import { parameterForm } from '#domain/wording/parameter-form.ts';
import type { Transaction } from '#ports/unit-of-work.ts';
import { proposeStep } from './advance-run.ts';
import type { Core } from './core.ts';
import { findTargets } from './find-targets.ts';
import { meetSpeaker } from './meet-speaker.ts';
import type { CheckForm, OpenForm } from './open-form.ts';
import type { PreparationRefused } from './prepare-command.ts';
import { checkParameters, readInventory } from './prepare-run.ts';
import { stampCard } from './step-view.ts';
import { withdrawAhead } from './withdraw-ahead.ts';

type Needs = Pick<
  Core,
  'unitOfWork' | 'ids' | 'commandParser' | 'lineDiff' | 'matchWhole' | 'settings' | 'redact'
>;

interface Editable {
  readonly step: Step;
  readonly run: Run;
  readonly runbook: Runbook;
}

/** A step that still waits in a run that goes on; of two who change it at once, the second waits and finds it gone. */
async function findEditable({ runs, solutions }: Transaction, id: string): Promise<Editable | undefined> {
  const stepId = readId<StepId>(id);
  const step = stepId && (await runs.lockStep(stepId));
  const run = step?.state === 'proposed' && step.round === 0 ? await runs.find(step.runId) : undefined;
  const version = run?.state === 'active' ? await solutions.version(run.versionId) : undefined;
  return step && run && version?.content.kind === 'runbook'
    ? { step, run, runbook: version.content.runbook }
    : undefined;
}

/** "Edit parameters": the form with the values that the run has now. */
export const openEditForm: OpenForm = async (_, transaction, { intent, person }) => {
  const found = await findEditable(transaction, intent.action.id);
  if (!found || found.runbook.parameters.length === 0 || !hasRole(person.role, 'responder')) return undefined;
  const action = { verb: 'edit', id: found.step.id } as const;
  const form = parameterForm(action, found.runbook, await readInventory(transaction));
  const fields = form.fields.map((field) => ({
    ...field,
    initial: ownValue(found.run.parameters, field.name) ?? field.initial,
  }));
  return { kind: 'form', form: { ...form, fields, intro: editIntro, submitLabel: 'Propose again' } };
};

const editIntro =
  'The step is proposed again with these values, and so are those after it. Approvals given so far do not count for it.';

/** Values must also make commands that can be proposed, of the step and of all after it: a refused one would end the run. */
export const checkEditForm: CheckForm = async (transaction, { id, values, workspace }, needs) => {
  const found = await findEditable(transaction, id);
  if (!found) return {};
  const checked = checkParameters(needs, found.runbook, values, await readInventory(transaction));
  if (checked.kind === 'invalid') return checked.errors;
  const { runbook } = found;
  const run = { ...found.run, parameters: checked.values };
  const blamed: (readonly [string, string])[] = [];
  for (const [position, step] of runbook.steps.entries()) {
    if (position < found.step.position || step.kind === 'rollback') continue;
    const targets = await findTargets(needs, transaction, { workspace, run, runbook, position });
    if (targets.kind === 'refused') blamed.push(blame(runbook, step, targets));
  }
  return Object.fromEntries(blamed);
};

/** A command as a whole is refused beside the first parameter in it. */
function blame(
  { parameters }: Runbook,
  { command }: RunbookStep,
  refused: PreparationRefused,
): readonly [string, string] {
  const first = parameters.find(({ name }) => command.includes(`{{${name}}}`)) ?? parameters[0];
  return [refused.parameter ?? first?.name ?? '', refused.why];
}

/**
 * Withdraws the step that waits and proposes it anew with other values. It is another command with another hash, so
 * no approval of the first can reach it; whoever changed the values counts as one who asks beside
 * whoever started the run, and approves no change.
 */
export function createEditParameters(needs: Needs) {
  return (intent: ButtonPressed | FormSubmitted): Promise<void> =>
    needs.unitOfWork.within(intent.place.workspace, async (transaction) => {
      const person = await meetSpeaker(transaction, intent);
      const refusal = await edit(needs, transaction, intent, person);
      if (refusal)
        await transaction.outbox.notify(needs.ids.next(), intent.place, person.externalId, notice(refusal));
    });
}

/** Why nothing was changed, as a sentence; undefined when it was. */
async function edit(
  needs: Needs,
  transaction: Transaction,
  intent: ButtonPressed | FormSubmitted,
  person: Person,
): Promise<string | undefined> {
  if (!hasRole(person.role, 'responder')) return 'Changing a step needs the role responder or higher.';
  const found = await findEditable(transaction, intent.action.id);
  if (!found) return 'This step does not wait any more; see the newest step below.';
  if (intent.kind === 'button-pressed') return 'This runbook has no parameters that could be changed.';
  const checked = checkParameters(needs, found.runbook, intent.values, await readInventory(transaction));
  if (checked.kind === 'invalid') return 'These values cannot be taken; press Edit parameters again.';
  const { parameters } = found.run;
  if (Object.entries(checked.values).every(([name, value]) => ownValue(parameters, name) === value))
    return 'The values are the same as before; nothing changed.';
  const withdrawn = await transaction.runs.decide(found.step.id, 'skipped');
  if (!withdrawn) return 'This step has expired; press Propose again on its card first.';
  await replace(needs, transaction, { ...found, intent, person, parameters: checked.values });
  return undefined;
}

interface Replacing extends Editable {
  readonly intent: FormSubmitted;
  readonly person: Person;
  readonly parameters: FormValues;
}

async function replace(needs: Needs, transaction: Transaction, replacing: Replacing): Promise<void> {
  const { intent, person, step, runbook, parameters } = replacing;
  const stated = { parameters, requestedBy: person.id };
  const run = { ...replacing.run, ...stated };
  await transaction.runs.restate(run.id, stated);
  await transaction.audit.append({
    actor: person.externalId,
    event: 'step.replaced',
    details: { step: step.id, run: run.id },
  });
  const { position } = step;
  // What was approved to come later has the former values.
  await withdrawAhead(needs, transaction, run);
  await proposeStep(needs, transaction, { ...intent.place, run, runbook, position, round: step.round });
  await stampCard(needs, transaction, { ...step, state: 'skipped' }, 'approval');
}
