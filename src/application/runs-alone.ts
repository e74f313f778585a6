import { mayRunAlone } from '#domain/policy/may-run-alone.ts';
import type { Run } from '#domain/run/run.ts';
import type { Step } from '#domain/run/step.ts';
import { secretsIn } from '#domain/runbook/given.ts';
import type { Transaction } from '#ports/unit-of-work.ts';
import type { Core } from './core.ts';

/** Whether the policy lets this step run without a person, as things are now. */
export async function runsAlone(
  { settings: { policy } }: Pick<Core, 'settings'>,
  { solutions, incidents }: Transaction,
  { kind, risk, given, fanOut }: Pick<Step, 'kind' | 'risk' | 'given' | 'fanOut'>,
  { incidentId, solutionId, versionId }: Run,
): Promise<boolean> {
  // A secret leaves Recourse only when a person said so, and what goes to a group would be one mistake on every host.
  if (policy.autonomy.length === 0 || secretsIn(given).length > 0 || fanOut !== null) return false;
  const version = await solutions.version(versionId);
  const incident = await incidents.find(incidentId);
  if (!version || !incident) return false;
  const rate = (await solutions.rates([solutionId])).get(solutionId);
  return mayRunAlone(policy, { kind, risk, rate, channel: incident.channel, runbook: version.slug });
}
