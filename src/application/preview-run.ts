import { type RunId, readId } from '#domain/ids.ts';
import { classifyStep } from '#domain/risk/classify-step.ts';
import type { Run } from '#domain/run/run.ts';
import type { RunbookStep } from '#domain/runbook/runbook.ts';
import { notice } from '#domain/wording/notices.ts';
import { type PreviewedStep, previewCard } from '#domain/wording/preview-card.ts';
import type { Transaction } from '#ports/unit-of-work.ts';
import { prepareCommand } from './advance-run.ts';
import type { AtOnce, OpenForm } from './open-form.ts';
import { readTerms } from './read-terms.ts';

/** "Preview": every step of a run with its values, host, risk and approval, for this person alone. Touches nothing. */
export const previewRun: OpenForm = async (needs, transaction, { intent }) => {
  const { workspace, channel } = intent.place;
  const id = readId<RunId>(intent.action.id);
  const run = id && (await transaction.runs.find(id));
  const version = run && (await transaction.solutions.version(run.versionId));
  if (!run || version?.content.kind !== 'runbook')
    return { kind: 'shown', reply: notice('This run is gone.') };
  const { runbook } = version.content;
  const about = { workspace, channel, run, slug: version.slug };
  const steps: PreviewedStep[] = [];
  for (const step of runbook.steps) {
    const outcome = await previewStep(needs, transaction, step, about);
    steps.push({ kind: step.kind, title: step.title, outcome });
  }
  return { kind: 'shown', reply: previewCard(runbook.title, steps) };
};

interface About {
  readonly workspace: Parameters<typeof prepareCommand>[2]['workspace'];
  readonly channel: string;
  readonly run: Run;
  readonly slug: string;
}

async function previewStep(
  needs: AtOnce,
  transaction: Transaction,
  step: RunbookStep,
  { workspace, channel, run, slug }: About,
): Promise<PreviewedStep['outcome']> {
  const named = run.parameters[step.hostParameter] ?? '';
  const host = await transaction.hosts.named(named);
  if (!host) return { kind: 'refused', why: `no host named ${named} is in the inventory.` };
  const prepared = prepareCommand(needs, step, { workspace, run });
  if (prepared.kind === 'refused') return prepared;
  const { command, given } = prepared;
  const verdict = classifyStep(command, given, (text) => needs.commandParser.parse(text));
  const { risk } = verdict;
  const inForce = await readTerms(needs, transaction, { risk, host, channel, runbook: slug });
  return { kind: 'proposed', host: host.name, command, given, verdict, ...inForce };
}
