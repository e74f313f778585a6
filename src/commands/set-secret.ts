import { isSecretName, secretNameForm } from '#domain/credential.ts';
import { type CommandContext, type CommandIo, exitCodes } from './command.ts';

export interface WorkspaceOption {
  readonly workspace?: string;
}

const mostCharacters = 100_000;

/** Stores a value that no argument, no process list and no history of a shell ever held. */
export async function setSecret(
  context: CommandContext,
  io: CommandIo,
  name: string,
  { workspace }: WorkspaceOption,
): Promise<number> {
  if (!isSecretName(name))
    return refuse(io, `${JSON.stringify(name)} is no name of a secret; ${secretNameForm}`);
  const value = withoutLineEnd(await io.secret(`Value of ${name} (not shown): `));
  if (value.trim() === '') return refuse(io, 'the value is empty; nothing was stored');
  if (value.length > mostCharacters)
    return refuse(io, `the value is longer than ${mostCharacters} characters; nothing was stored`);
  if (isPlain(value)) io.err(`warning: ${plainWarning}\n`);
  const version = await context.secrets.set(workspace ?? null, name, value);
  io.out(`Stored ${name}, version ${version}.\n`);
  return exitCodes.done;
}

/** A word that people type, or a short number, stands in texts that have nothing to do with it. */
const isPlain = (value: string): boolean => value.length < 8 || /^[a-z]{1,12}$/i.test(value);

const plainWarning =
  'a value as short or plain as this is masked wherever it stands, and a step that shows it is not proposed; a secret should be long and random';

/** `echo` adds a line end that nobody means; a key of several lines keeps its own. */
function withoutLineEnd(text: string): string {
  const line = text.replace(/\r?\n$/, '');
  return line.includes('\n') ? text : line;
}

function refuse(io: CommandIo, what: string): number {
  io.err(`error: ${what}\n`);
  return exitCodes.usage;
}
