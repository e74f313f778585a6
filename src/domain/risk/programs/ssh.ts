import { judgeUnlisted } from '../judge-flag-rule.ts';
import { type ReadArguments, readArguments } from '../read-arguments.ts';
import { destructive, readOnly, type Verdict, worstVerdict } from '../risk.ts';
import type { Flags, Judge } from '../rule.ts';
import { literalOf } from '../word.ts';
import { judgeJoined } from './shell.ts';

const sshFlags = {
  harmless: `-4 -6 -A -a -C -f -g -K -k -M -N -n -q -s -T -t -V -v -X -x -Y -y -b= -c= -i= -l= -m= -p= -J= -o=`,
} as const satisfies Flags;

const sshOptions =
  /^(?:BatchMode|ConnectTimeout|ConnectionAttempts|StrictHostKeyChecking|UserKnownHostsFile|ServerAlive\w+|LogLevel|Port|User|IdentityFile|IdentitiesOnly|HostKeyAlias|RequestTTY|Ciphers|MACs|KexAlgorithms|PreferredAuthentications|PasswordAuthentication)[= ]/i;

/** ssh(1): what stands behind the host is joined and run by the remote shell. */
export const judgeSsh: Judge = ({ program, args }, scope) => {
  const read = readArguments(args, sshFlags, true);
  const [host, ...command] = read.operands;
  const own = [
    ...judgeUnlisted(program, read, sshFlags, false),
    ...judgeSshOptions(read),
    ...(host && literalOf(host)?.startsWith('-')
      ? [destructive('ssh: a host that looks like an option')]
      : []),
  ];
  if (read.flags.some((flag) => flag.name === '-V')) return readOnly('ssh only prints its version');
  const judged =
    command.length === 0
      ? destructive('ssh opens a session that nobody sees here')
      : judgeJoined(command, scope);
  return worstVerdict([judged, ...own], readOnly(''));
};

function judgeSshOptions(read: ReadArguments): readonly Verdict[] {
  const options = read.flags.filter((flag) => flag.name === '-o');
  const unknown = options.filter(({ value }) => !sshOptions.test((value && literalOf(value)) ?? ''));
  return unknown.map(() => destructive('ssh -o with an option that is not known'));
}
