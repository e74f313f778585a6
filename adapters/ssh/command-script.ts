import { Fault } from '#domain/fault.ts';
import { environmentNameProblem } from '#domain/runbook/environment-name.ts';
import type { RemoteCommand } from '#ports/remote-shell.ts';
import { type HostPlaces, notStarted, startScript } from './start-script.ts';

interface ScriptHost {
  readonly hostName: string;
  readonly places: HostPlaces;
}

/** How much later than Recourse the host's own `timeout` acts: it is there for a broken connection only. */
const remoteGraceSeconds = 6;

/** The script that runs a command on a host. Throws a Fault for a command that cannot be sent as it is. */
export function commandScript(host: ScriptHost, command: RemoteCommand, token: string): string {
  checkEnvironment(command.environment);
  if ([command.command, ...Object.values(command.environment)].some((text) => text.includes('\0'))) {
    refuse('A command or environment value holds a NUL character, which no shell can take');
  }
  return startScript({
    token,
    command: command.command,
    environment: command.environment,
    remoteLimitSeconds: Math.ceil(command.timeoutMs / 1000) + remoteGraceSeconds,
    places: host.places,
    record: recordFor(host, command),
    descriptor: descriptorOf(command),
  });
}

function checkEnvironment(environment: RemoteCommand['environment']): void {
  for (const name of Object.keys(environment)) {
    const problem = environmentNameProblem(name);
    if (problem !== null) refuse(problem);
  }
}

function descriptorOf({ input }: RemoteCommand): number | undefined {
  if (input === undefined || input.descriptor === 0 || /^[3-9]$/.test(`${input.descriptor}`))
    return input?.descriptor;
  return refuse(`A command cannot read from the file descriptor ${input.descriptor}`);
}

function recordFor({ places, hostName }: ScriptHost, { attempt }: RemoteCommand): string | undefined {
  if (attempt === null) return undefined;
  if (!/^[A-Za-z0-9-]{1,64}$/.test(attempt)) refuse(`${JSON.stringify(attempt)} cannot name an attempt`);
  if (places.records === undefined) throw noRecords(hostName);
  return `${places.records}/${attempt}`;
}

function noRecords(hostName: string): Fault {
  return new Fault(
    'rejected',
    'ssh-no-records',
    `${hostName} has no place where the attempt could be recorded`,
    'Give the login a home directory, or /var/tmp, that it may write to; a full disk will do, one without inodes will not.',
  );
}

/** Throws a Fault when the start script's first word says that the host began nothing. */
export function refuseUnlessStarted(word: string | undefined): void {
  if (word === notStarted.unrecorded) throw noRecords('The host');
  if (word !== notStarted.taken) return;
  throw new Fault(
    'rejected',
    'ssh-attempt-taken',
    'The host has begun this attempt before, or it was given up; it did not begin again',
    'See what became of it on the host, then propose the step anew.',
  );
}

function refuse(message: string): never {
  throw new Fault('rejected', 'ssh-command', message, 'Nothing was sent. Change the step.');
}
