import { type CommandContext, type CommandIo, exitCodes, type RotatedKey } from './command.ts';
import type { WorkspaceOption } from './set-secret.ts';

export interface RotateOptions extends WorkspaceOption {
  readonly kek?: boolean;
}

/** Puts secrets under fresh keys: their own, or with `kek` the one that wraps these. No value changes. */
export async function rotateSecrets(
  context: CommandContext,
  io: CommandIo,
  name: string | undefined,
  { workspace, kek }: RotateOptions,
): Promise<number> {
  if (kek) return rotateKey(context, io, name !== undefined || workspace !== undefined);
  const renewed = await context.secrets.renew(workspace ?? null, name ?? null);
  if (renewed.length === 0) io.out('There are no stored secrets.\n');
  for (const one of renewed)
    io.out(`${one.name}: version ${one.version} under a fresh key (${one.workspace})\n`);
  return exitCodes.done;
}

async function rotateKey(context: CommandContext, io: CommandIo, isNarrowed: boolean): Promise<number> {
  if (isNarrowed) {
    io.err('error: --kek is for all secrets of all workspaces; leave name and --workspace out\n');
    return exitCodes.usage;
  }
  const { key, rewrapped, remaining } = await context.secrets.rotateKey();
  io.out(`${begun[key]}\n${rewrapped} rewrapped, ${remaining} remaining.\n`);
  if (remaining === 0) {
    io.out(key === 'given' ? 'Nothing is under a key of before: it may be taken out of the settings.\n' : '');
    return exitCodes.done;
  }
  io.err('Some were stored meanwhile. Keep the key of before, and run this again.\n');
  return exitCodes.failed;
}

const begun = {
  made: 'A new key was made.',
  given: 'The key of the settings is used.',
  continued: 'An earlier rotation goes on.',
} as const satisfies Record<RotatedKey['key'], string>;
