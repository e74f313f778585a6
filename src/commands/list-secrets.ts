import { formatAge } from '#domain/wording/format.ts';
import { type CommandContext, type CommandIo, exitCodes, type ListedSecret } from './command.ts';
import { printable } from './printable.ts';

/** Lists stored secrets, a name a line, without any value. */
export async function listSecrets(
  context: CommandContext,
  io: CommandIo,
  { workspace, now }: { readonly workspace?: string; readonly now: number },
): Promise<number> {
  const secrets = await context.secrets.list(workspace ?? null);
  if (secrets.length === 0) io.out('There are no stored secrets.\n');
  const width = Math.max(0, ...secrets.map(({ name }) => name.length));
  for (const secret of secrets) io.out(`${printable(describe(secret, width, now))}\n`);
  return exitCodes.done;
}

function describe(
  { workspace, name, version, kept, storedAt }: ListedSecret,
  width: number,
  now: number,
): string {
  const older = kept > 1 ? `, ${kept - 1} before kept` : '';
  return `${name.padEnd(width)}  version ${version}${older}  stored ${formatAge(now - storedAt)} ago  ${workspace}`;
}
