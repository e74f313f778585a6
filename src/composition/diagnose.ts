import type { Config } from '#adapters/config/config.ts';
import { readVersions } from '#adapters/postgres/prepare-database.ts';
import { createReadOperations } from '#application/read-operations.ts';
import type { Finding } from '#commands/command.ts';
import { hasRole } from '#domain/person.ts';
import type { RoleBinding } from '#domain/role-in-force.ts';
import type { Operations } from '#ports/stores/operations-store.ts';
import { checkAlerts } from './check-alerts.ts';
import { checkAudit } from './check-audit.ts';
import { checkDeliveries } from './check-deliveries.ts';
import { checkDiscord } from './check-discord.ts';
import { checkHosts } from './check-hosts.ts';
import { checkLearning } from './check-learning.ts';
import { checkPolicyHosts } from './check-policy-hosts.ts';
import { checkPorts } from './check-ports.ts';
import { checkSecrets } from './check-secrets.ts';
import { checkSlack } from './check-slack.ts';
import { checkTickets } from './check-tickets.ts';
import { guarded, ok, warning } from './finding.ts';
import type { OpenCore } from './open-core.ts';

const aWeek = 7 * 86_400;

/** Everything that `doctor` looks at, each with what to do. No row is changed. */
export async function diagnose(config: Config, open: OpenCore): Promise<readonly Finding[]> {
  return [
    ok('configuration', 'every setting is valid'),
    ...tryingOut(config),
    ...(await checkPorts(config)),
    await guarded('database', () => checkDatabase(open)),
    ...(await checkWorkspaces(open)),
    ...(await checkSlack(config, open)),
    ...(await checkDiscord(config)),
    ...(await checkHosts(open)),
    ...(await checkPolicyHosts(open)),
    ...(await checkDeliveries(open)),
    ...(await checkAlerts(config.alerts, open)),
    ...(await checkTickets(config.alerts, open)),
    ...(await checkLearning(open)),
    await checkAudit(config, open),
    ...(await checkSecrets(config, open)),
    ...judgeOperations(await createReadOperations(open.core)()),
  ];
}

function tryingOut({ playground, sandbox, slack, discord }: Config): readonly Finding[] {
  const serious = slack !== null || discord !== null;
  const advice = 'Set RECOURSE_PLAYGROUND=off and RECOURSE_SANDBOX=off where real incidents are worked on.';
  if (serious && (playground || sandbox))
    return [warning('playground', 'playground or sandbox are on beside a real chat', advice)];
  return [
    ok('playground', `playground ${playground ? 'on' : 'off'}, sandbox host ${sandbox ? 'on' : 'off'}`),
  ];
}

async function checkDatabase({ database }: OpenCore): Promise<Finding> {
  const versions = await readVersions(database.database);
  const { postgres, pgvector, migrationsApplied, migrationsKnown } = versions;
  return ok(
    'database',
    `${database.engine}, PostgreSQL ${postgres}, pgvector ${pgvector ?? 'missing'}, migrations ${migrationsApplied} of ${migrationsKnown}`,
  );
}

async function checkWorkspaces({ core }: OpenCore): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  for (const { id, name, platform, externalId } of await core.workspaces.all()) {
    const { approvers, bound } = await core.unitOfWork.within(id, async ({ people }) => ({
      approvers: await people.withRole('approver'),
      bound: (await people.bindings()).filter(({ role }) => hasRole(role, 'approver')),
    }));
    const advice = `Name an administrator: RECOURSE_ADMINS=${platform}:${externalId}/PERSON`;
    findings.push(
      approvers.length + bound.length > 0
        ? ok(`workspace ${name}`, whoApproves(approvers.length, bound))
        : warning(`workspace ${name}`, 'nobody may approve changes, so none can run', advice),
    );
  }
  return findings;
}

/** Members of a bound group are known once they have done something here. */
function whoApproves(people: number, bound: readonly RoleBinding[]): string {
  const through = bound.map(({ kind, externalId }) => `${kind} ${externalId}`).join(', ');
  return `${people} people may approve changes${through && `, and whoever is in ${through}`}`;
}

function judgeOperations(now: Operations): readonly Finding[] {
  const findings: Finding[] = [];
  if (now.inboxDead > 0)
    findings.push(warning('deliveries', `${now.inboxDead} intents were given up`, 'The log names each one.'));
  if (now.stepsUnknown > 0)
    findings.push(
      warning(
        'steps',
        `${now.stepsUnknown} steps ended unknown`,
        'Look at the hosts; their cards wait for a choice.',
      ),
    );
  if (now.lastFoldAge === null || now.lastFoldAge > aWeek)
    findings.push(
      warning(
        'fold',
        'no fold within a week',
        'Run npm run -s recourse -- fold, and check RECOURSE_FOLD_CRON.',
      ),
    );
  return findings.length > 0 ? findings : [ok('operations', 'nothing is stuck, and folds are recent')];
}
