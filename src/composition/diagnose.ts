import type { Config } from '#adapters/config/config.ts';
import { readVersions } from '#adapters/postgres/prepare-database.ts';
import { createReadOperations } from '#application/read-operations.ts';
import type { Finding } from '#commands/command.ts';
import type { Host } from '#domain/host.ts';
import { hasRole } from '#domain/person.ts';
import type { RoleBinding } from '#domain/role-in-force.ts';
import { describeFault } from '#domain/wording/fault-notice.ts';
import type { Operations } from '#ports/stores/operations-store.ts';
import { checkAlerts } from './check-alerts.ts';
import { checkAudit } from './check-audit.ts';
import { checkDeliveries } from './check-deliveries.ts';
import { checkDiscord } from './check-discord.ts';
import { checkLearning } from './check-learning.ts';
import { checkPolicyHosts } from './check-policy-hosts.ts';
import { checkPorts } from './check-ports.ts';
import { checkSecrets } from './check-secrets.ts';
import { checkSlack } from './check-slack.ts';
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
    ...(await checkLearning(open)),
    await checkAudit(config, open),
    ...(await checkSecrets(config, open)),
    ...judgeOperations(await createReadOperations(open.core)()),
  ];
}

const ok = (name: string, message: string): Finding => ({ name, status: 'ok', message, advice: null });
const warning = (name: string, message: string, advice: string): Finding => ({
  name,
  status: 'warning',
  message,
  advice,
});

async function guarded(name: string, check: () => Promise<Finding>): Promise<Finding> {
  try {
    return await check();
  } catch (error) {
    const { what: message, advice } = describeFault(error);
    return { name, status: 'failed', message, advice };
  }
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

/**
 * Each host once, whatever workspace it is in: connected to, logged in, asked for setsid and timeout. A host that a secret
 * of the workspace opens is tried from each.
 */
async function checkHosts({ core }: OpenCore): Promise<readonly Finding[]> {
  const checks = new Map<string, () => Promise<Finding>>();
  for (const { id, name } of await core.workspaces.all()) {
    const hosts = await core.unitOfWork.within(id, (transaction) => transaction.hosts.all());
    for (const host of hosts) {
      const about = isOpenedByOwnSecret(host) ? `host ${host.name} of ${name}` : `host ${host.name}`;
      checks.set(about, () => checkHost(core.shell, host, { about, hosts }));
    }
  }
  return Promise.all([...checks].map(([about, check]) => guarded(about, check)));
}

const isOpenedByOwnSecret = ({ login }: Host): boolean =>
  login.kind === 'credential' && login.reference.keeper === 'secret';

async function checkHost(
  shell: OpenCore['core']['shell'],
  host: Host,
  { about: name, hosts }: { readonly about: string; readonly hosts: readonly Host[] },
): Promise<Finding> {
  const jump = hosts.find((other) => other.name === host.jump);
  const connection = await shell.connect(host, jump ? [jump] : [], AbortSignal.timeout(15_000));
  if (connection.kind === 'refused')
    return { name, status: 'failed', message: connection.message, advice: connection.advice };
  const { setsid, timeout, records } = connection.session.abilities;
  await connection.session.close();
  return setsid && timeout && records
    ? ok(name, 'reached, key as expected, with all that changes need')
    : warning(
        name,
        'setsid, timeout or a place for records is missing, so changes are refused',
        'Install util-linux and coreutils there, and give the login a home directory that it may write to.',
      );
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
