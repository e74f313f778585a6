import type { CredentialKeeper } from '#domain/credential.ts';
import type { CredentialProvider, LoadCredential } from '#ports/credential-provider.ts';

/** The one table from a reference to the keeper behind it. `keepOut` is told each key before anybody else has it. */
export function createLoadCredential(
  providers: Readonly<Record<CredentialKeeper, CredentialProvider>>,
  keepOut: (secret: string) => void,
): LoadCredential {
  return async (workspace, { keeper, place }, signal) => {
    const credential = await providers[keeper].load(workspace, place, signal);
    if (credential.kind === 'key') keepOut(credential.text);
    return credential;
  };
}
