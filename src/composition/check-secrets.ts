import type { Config } from '#adapters/config/config.ts';
import { createVaultClient } from '#adapters/vault/vault-client.ts';
import type { Finding } from '#commands/command.ts';
import type { WorkspaceId } from '#domain/ids.ts';
import { describeFault } from '#domain/wording/fault-notice.ts';
import { formatDuration } from '#domain/wording/format.ts';
import type { SecretName } from '#ports/secret-store.ts';
import type { OpenCore } from './open-core.ts';

type Needs = Pick<OpenCore, 'secretKeys'> & {
  readonly core: Pick<OpenCore['core'], 'workspaces'>;
  readonly secrets: Pick<OpenCore['secrets'], 'list' | 'get'>;
};

/** Whether stored secrets open, are under the key of now, and Vault, if one is set up, takes the token. */
export async function checkSecrets(
  { credentials }: Pick<Config, 'credentials'>,
  needs: Needs,
): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  for (const { id, name } of await needs.core.workspaces.all()) {
    const names = new Set((await needs.secrets.list(id)).map((one) => one.name));
    if (names.size > 0)
      findings.push(await guarded(`secrets of ${name}`, () => checkStored(needs, id, names)));
  }
  const { vault } = credentials;
  return vault === null ? findings : [...findings, await guarded('vault', () => checkVault(vault))];
}

async function guarded(name: string, check: () => Promise<Omit<Finding, 'name'>>): Promise<Finding> {
  try {
    return { name, ...(await check()) };
  } catch (error) {
    const { what: message, advice } = describeFault(error);
    return { name, status: 'failed', message, advice };
  }
}

/** Opens each: one that does not open would be found out at three in the morning. */
async function checkStored(
  { secrets, secretKeys }: Needs,
  workspace: WorkspaceId,
  names: ReadonlySet<SecretName>,
): Promise<Omit<Finding, 'name'>> {
  for (const name of names) await secrets.get(workspace, name);
  const behind = await secretKeys.behind(workspace);
  if (behind === 0) return { status: 'ok', message: `${names.size} open with the key in use`, advice: null };
  const message = `${names.size} open, with ${behind} versions still under a key of before`;
  return { status: 'warning', message, advice: 'Run npm run -s recourse -- secret rotate --kek' };
}

const aDay = 86_400;

/** https://developer.hashicorp.com/vault/api-docs/auth/token#lookup-a-token-self */
async function checkVault(
  vault: NonNullable<Config['credentials']['vault']>,
): Promise<Omit<Finding, 'name'>> {
  const { ttl } = await createVaultClient(vault, () => undefined).read('auth/token/lookup-self');
  const seconds = typeof ttl === 'number' ? ttl : 0;
  const lasts = seconds === 0 ? 'without end' : `for ${formatDuration(seconds * 1000)}`;
  const message = `${vault.address} takes the token, which is good ${lasts}`;
  const isKept = vault.token?.kind === 'file';
  return seconds === 0 || seconds > aDay || isKept
    ? { status: 'ok', message, advice: null }
    : {
        status: 'warning',
        message,
        advice: 'Let Vault Agent keep a fresh one in the file of VAULT_TOKEN_FILE.',
      };
}
