import { Fault } from '#domain/fault.ts';
import type { CredentialProvider } from '#ports/credential-provider.ts';
import type { SecretStore } from '#ports/secret-store.ts';

/** Keys among the secrets of the workspace that connects; those of another one do not count. */
export function createSecretProvider(secrets: Pick<SecretStore, 'get'>): CredentialProvider {
  return {
    load: async (workspace, name) => {
      const text = await secrets.get(workspace, name);
      if (text) return { kind: 'key', text };
      throw new Fault(
        'rejected',
        'secret-missing',
        `The workspace has no secret named ${name}.`,
        `Store it: npm run -s recourse -- secret set ${name} --workspace ${workspace} < FILE`,
      );
    },
  };
}
