import { loadAlertsFile } from '#adapters/alerts/load-alerts-file.ts';
import type { Config } from '#adapters/config/config.ts';
import type { Core } from '#application/core.ts';
import type { Finding } from '#commands/command.ts';
import type { WorkspaceId } from '#domain/ids.ts';
import { settledSystems } from '#domain/policy/policy.ts';
import type { TicketAccess } from '#ports/ticket-system.ts';
import type { Workspace } from '#ports/workspaces.ts';
import { guarded, ok, warning } from './finding.ts';

const patienceMs = 5_000;

interface Open {
  readonly core: Pick<Core, 'tickets' | 'workspaces' | 'settings'>;
}

/** Which of the systems that alerts come from can be asked for something, and whether they answer and take the credential. */
export async function checkTickets(config: Pick<Config['alerts'], 'file'>, { core }: Open) {
  const findings: Finding[] = [];
  for (const system of core.tickets)
    for (const { id, name } of await askedFor(config, core, system))
      findings.push(await checkOne(system, id, name));
  return [...findings, ...idleRules(core)];
}

/** A rule about systems none of which is set up does nothing, which whoever wrote it may not see. */
function idleRules({ tickets, settings }: Open['core']): readonly Finding[] {
  const idle = settings.policy.tickets.filter(
    ({ systems = settledSystems }) => !systems.some((name) => tickets.some(({ source }) => source === name)),
  );
  if (idle.length === 0) return [];
  const named = idle.map(({ name }) => name).join(', ');
  const advice = 'Set one up (docs/configuration.md, Tickets), or take the rule out of the policy.';
  return [warning('policy', `these rules are for tickets of systems that are not set up: ${named}`, advice)];
}

async function checkOne(system: TicketAccess, workspace: WorkspaceId, where: string): Promise<Finding> {
  const name = `tickets of ${system.name}${system.isPerWorkspace ? ` for ${where}` : ''}`;
  return guarded(name, async () => {
    const signal = AbortSignal.timeout(patienceMs);
    await (await system.open(workspace, signal)).check(signal);
    return ok(name, `answers; can be asked to ${Object.keys(system.actions).join(', ')}`);
  });
}

/** Each workspace that alerts are led to where each has a credential of its own; any one where all share one. */
async function askedFor(
  { file }: Pick<Config['alerts'], 'file'>,
  { workspaces }: Open['core'],
  { isPerWorkspace }: TicketAccess,
): Promise<readonly Workspace[]> {
  const all = await workspaces.all();
  if (!isPerWorkspace) return all.slice(0, 1);
  const read = await loadAlertsFile(file).catch(() => undefined);
  const led = all.filter(({ platform, externalId }) =>
    read?.routes.some(({ to }) => to.platform === platform && to.workspace === externalId),
  );
  return led.length > 0 ? led : all;
}
