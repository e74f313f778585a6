/** With these the bytes of an approved command would mean something else. */
const decidesWhatRuns =
  /^(?:LD_.*|DYLD_.*|PATH|IFS|ENV|BASH_ENV|BASH_FUNC_.*|SHELLOPTS|BASHOPTS|PS4|CDPATH|GLOBIGNORE|(?:PERL5|RUBY|PYTHON|NODE_).*)$/;

/** A shell that is bash keeps these for itself, and gives up when somebody sets them. */
const ofTheShell = ['UID', 'EUID', 'PPID', '_'];

/** Why no step may be given a variable of this name, as a sentence without its end; null when it may. */
export function environmentNameProblem(name: string): string | null {
  if (!/^[A-Z_][A-Z0-9_]{0,63}$/.test(name))
    return `${JSON.stringify(name)} cannot be the name of an environment variable`;
  if (ofTheShell.includes(name)) return `${name} belongs to the shell of the host, so it cannot be set`;
  return decidesWhatRuns.test(name)
    ? `${name} would decide what the command runs, so it cannot be set`
    : null;
}
