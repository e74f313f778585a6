import { countSignals } from '#domain/learning/fold-signals.ts';
import { type AloneQuestion, mayRunAlone } from '#domain/policy/may-run-alone.ts';
import type { Run } from '#domain/run/run.ts';
import type { Step } from '#domain/run/step.ts';
import { secretsIn } from '#domain/runbook/given.ts';
import type { Transaction } from '#ports/unit-of-work.ts';
import type { Core } from './core.ts';

/** Whether the policy lets this step run without a person, as things are now. */
export async function runsAlone(
  { settings: { policy } }: Pick<Core, 'settings'>,
  { solutions, incidents, signals }: Transaction,
  { kind, risk, given, fanOut }: Pick<Step, 'kind' | 'risk' | 'given' | 'fanOut'>,
  { incidentId, versionId }: Run,
  terms: AloneQuestion['terms'],
): Promise<boolean> {
  if (policy.autonomy.length === 0 || risk !== 'read-only') return false;
  // A secret leaves Recourse only when a person said so, and what goes to a group would be one mistake on every host.
  if (secretsIn(given).length > 0 || fanOut !== null) return false;
  const version = await solutions.version(versionId);
  const incident = await incidents.find(incidentId);
  if (!version || !incident) return false;
  // What another version of it did says nothing of the commands of this one.
  const rate = countSignals(await signals.ofVersion(versionId));
  return mayRunAlone(policy, { kind, risk, terms, rate, channel: incident.channel, runbook: version.slug });
}
