import type { WorkspaceId } from '#domain/ids.ts';
import { type Given, secretsIn, stepSecretPrefix } from '#domain/runbook/given.ts';
import { describeFault } from '#domain/wording/fault-notice.ts';
import type { RemoteCommand } from '#ports/remote-shell.ts';
import type { Core } from './core.ts';

/** What goes to the host beside a command, with the secrets in it; or why it cannot be had, as sentences. */
export type ResolvedGiven =
  | { readonly kind: 'resolved'; readonly sent: Pick<RemoteCommand, 'environment' | 'input'> }
  | { readonly kind: 'refused'; readonly why: string };

/** Reads the secrets of a step, each from its own workspace and under the prefix for steps alone. Nothing of them is kept. */
export async function resolveGiven(
  { secrets, redact }: Pick<Core, 'secrets' | 'redact'>,
  workspace: WorkspaceId,
  given: Given,
): Promise<ResolvedGiven> {
  const values = new Map<string, string>();
  for (const name of secretsIn(given)) {
    if (!name.startsWith(stepSecretPrefix)) return refused(`The secret ${name} is not for steps.`);
    try {
      const value = await secrets.get(workspace, name);
      if (value === undefined) return refused(missing(name));
      values.set(name, value);
    } catch (error) {
      return refused(redact(`The secret ${name} cannot be read. ${describeFault(error).what}`));
    }
  }
  return { kind: 'resolved', sent: fillIn(given, values) };
}

const refused = (why: string): ResolvedGiven => ({ kind: 'refused', why });

const missing = (name: string): string =>
  `The workspace has no secret named ${name}. Store it: npm run -s recourse -- secret set ${name}, then press Propose again.`;

function fillIn(
  { environment, input }: Given,
  values: ReadonlyMap<string, string>,
): Pick<RemoteCommand, 'environment' | 'input'> {
  const secretOf = (secret: string): string => values.get(secret) ?? '';
  return {
    environment: Object.fromEntries(
      environment.map((one) => [one.name, 'text' in one ? one.text : secretOf(one.secret)]),
    ),
    ...(input && { input: { descriptor: input.descriptor, text: secretOf(input.secret) } }),
  };
}
