import type { WorkspaceId } from '#domain/ids.ts';
import { type RunId, readId } from '#domain/ids.ts';
import { maySee } from '#domain/policy/may-see.ts';
import type { Run } from '#domain/run/run.ts';
import { grantRetry } from '#domain/run/tries.ts';
import type { Runbook } from '#domain/runbook/runbook.ts';
import { commandsByHost, orderText, whereText } from '#domain/wording/fan-out-blocks.ts';
import { notice } from '#domain/wording/notices.ts';
import { type PreviewedStep, previewCard } from '#domain/wording/preview-card.ts';
import type { Transaction } from '#ports/unit-of-work.ts';
import { findTargets } from './find-targets.ts';
import { judgeWorst } from './judge-worst.ts';
import type { AtOnce, OpenForm } from './open-form.ts';
import { readTerms } from './read-terms.ts';

/** "Preview": every step of a run with its values, host, risk and approval, for this person alone. Touches nothing. */
export const previewRun: OpenForm = async (needs, transaction, { intent, person }) => {
  const { workspace, channel } = intent.place;
  const id = readId<RunId>(intent.action.id);
  const run = id && (await transaction.runs.find(id));
  const version = run && (await transaction.solutions.version(run.versionId));
  const isSeen = version && maySee(needs.settings.policy, person.role, { channel, slug: version.slug });
  if (!run || !isSeen || version.content.kind !== 'runbook')
    return { kind: 'shown', reply: notice('This run is gone.') };
  const { runbook } = version.content;
  const about = { workspace, channel, run, runbook, slug: version.slug };
  const steps: PreviewedStep[] = [];
  for (const [position, step] of runbook.steps.entries()) {
    const outcome = await previewStep(needs, transaction, position, about);
    steps.push({ kind: step.kind, title: step.title, outcome });
  }
  return { kind: 'shown', reply: previewCard(runbook.title, steps) };
};

interface About {
  readonly workspace: WorkspaceId;
  readonly channel: string;
  readonly run: Run;
  readonly runbook: Runbook;
  readonly slug: string;
}

async function previewStep(
  needs: AtOnce,
  transaction: Transaction,
  position: number,
  about: About,
): Promise<PreviewedStep['outcome']> {
  const targets = await findTargets(needs, transaction, { ...about, position });
  if (targets.kind === 'untouched')
    return {
      kind: 'refused',
      why: 'it goes to those hosts of its group alone that were changed; none was yet.',
    };
  if (targets.kind === 'refused') return targets;
  const { host, command, given, fanOut } = targets;
  const all = fanOut?.targets ?? [{ host, command }];
  const verdict = judgeWorst(targets, (text) => needs.commandParser.parse(text));
  const hosts = [host, ...all.map((target) => target.host)] as const;
  const { channel, slug: runbook } = about;
  const inForce = await readTerms(needs, transaction, { risk: verdict.risk, hosts, channel, runbook });
  const place = fanOut === null ? host.name : `${whereText(host, fanOut)}, ${orderText(fanOut)}`;
  const step = about.runbook.steps[position];
  const retry = step ? grantRetry(step, verdict.risk) : null;
  return { kind: 'proposed', place, commands: commandsByHost(all), given, retry, verdict, ...inForce };
}
