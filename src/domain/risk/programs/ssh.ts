import { judgeUnlisted } from '../judge-flag-rule.ts';
import { type ReadArguments, readArguments } from '../read-arguments.ts';
import { destructive, readOnly, type Verdict, worstVerdict } from '../risk.ts';
import type { Flags, Judge, Scope, Stdin } from '../rule.ts';
import { literalOf } from '../word.ts';
import { judgeJoined } from './shell.ts';

const sshFlags = {
  harmless: `-4 -6 -A -a -C -f -g -G -K -k -M -N -n -q -s -T -t -V -v -X -x -Y -y -b= -c= -i= -l= -m= -p= -J= -o=`,
} as const satisfies Flags;

const sshOptions =
  /^(?:BatchMode|ConnectTimeout|ConnectionAttempts|StrictHostKeyChecking|UserKnownHostsFile|ServerAlive\w+|LogLevel|Port|User|IdentityFile|IdentitiesOnly|HostKeyAlias|RequestTTY|Ciphers|MACs|KexAlgorithms|PreferredAuthentications|PasswordAuthentication|Compression|TCPKeepAlive|AddressFamily|NumberOfPasswordPrompts|GSSAPIAuthentication|PubkeyAuthentication|ControlMaster|ControlPersist|ControlPath|CheckHostIP|VisualHostKey|ForwardAgent|BindAddress|ProxyJump)[= ]/i;

/** ssh(1): what stands behind the host is joined and run by the remote shell. */
export const judgeSsh: Judge = ({ program, args, stdin }, scope) => {
  const read = readArguments(args, sshFlags, true);
  const [host, dashes, ...more] = read.operands;
  // Behind the host options may follow again, up to another `--`.
  const isEnd = dashes !== undefined && literalOf(dashes) === '--';
  const command = isEnd || dashes === undefined ? more : [dashes, ...more];
  const own = [
    ...judgeUnlisted(program, read, sshFlags, false),
    ...judgeSshOptions(read),
    ...judgeJumps(read),
    ...(host && literalOf(host)?.startsWith('-')
      ? [destructive('ssh: a host that looks like an option')]
      : []),
  ];
  if (read.flags.some((flag) => flag.name === '-V')) return readOnly('ssh only prints its version');
  if (read.flags.some((flag) => flag.name === '-G'))
    return worstVerdict([readOnly('ssh -G only prints settings'), ...own], readOnly(''));
  const judged = command.length === 0 ? judgeSession(stdin, scope) : judgeJoined(command, scope);
  return worstVerdict([judged, ...own], readOnly(''));
};

const fanOutFlags = {
  harmless: '-w= -g= -x= -l= -f= -t= -u= -H= -h= -p= -b -B -L -N -S -q -a -i -P',
} as const satisfies Flags;

/** pdsh, clush, pssh: what stands behind the flags is joined and run by the shell of every host. */
export const judgeFanOut: Judge = ({ program, args }, scope) => {
  const read = readArguments(args, fanOutFlags, true);
  const judged =
    read.operands.length > 0
      ? judgeJoined(read.operands, scope)
      : destructive(`${program} opens a session that nobody sees here`);
  return worstVerdict([judged, ...judgeUnlisted(program, read, fanOutFlags, false)], judged);
};

/** Without a command the remote shell runs its input. */
function judgeSession(stdin: Stdin, scope: Scope): Verdict {
  return stdin.kind === 'text'
    ? scope.judgeCode(stdin.text)
    : destructive('ssh opens a session that nobody sees here');
}

/** The way there becomes a command of the local shell (`ssh -W … HOST`). */
function judgeJumps({ flags }: ReadArguments): readonly Verdict[] {
  const strange = flags.filter(
    ({ name, value }) =>
      name === '-J' && !/^[\w.,:@[\]%/+-]+$/.test((value && literalOf(value)) ?? 'a-variable'),
  );
  return strange.map(() => destructive('ssh -J with more than names of hosts'));
}

function judgeSshOptions(read: ReadArguments): readonly Verdict[] {
  const options = read.flags.filter((flag) => flag.name === '-o');
  const unknown = options.filter(({ value }) => !sshOptions.test((value && literalOf(value)) ?? ''));
  return unknown.map(() => destructive('ssh -o with an option that is not known'));
}
