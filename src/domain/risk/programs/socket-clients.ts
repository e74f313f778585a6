import { judgeFlags, judgeUnlisted } from '../judge-flag-rule.ts';
import { readArguments } from '../read-arguments.ts';
import { destructive, mutating, readOnly, worstVerdict } from '../risk.ts';
import type { Flags, Judge } from '../rule.ts';
import { literalOf } from '../word.ts';

const socatFlags = { harmless: '-t= -T= -d -v -x -u -U -4 -6 -lf=' } as const satisfies Flags;

/** The own streams on one side, a socket of the host or the network on the other. */
const ownStreams = /^(?:-|stdio|stdin|stdout)$/i;
const sockets =
  /^(?:\/[\w./-]+|(?:unix|unix-connect|unix-client|tcp|tcp4|tcp6|openssl|udp|tcp-connect|openssl-connect|ssl):[\w./:[\]-]+(?:,(?:verify=\d|connect-timeout=\d+))*)$/i;

/** Questions to the control sockets of haproxy and the like: they show state. */
const questions =
  /^(?:show |help\b|prompt\b|get |info\b|stats?\b|status\b|ping\b|ruok\b|mntr\b|stat\b|conf\b|cons\b|envi\b|srvr\b|version\b)[^\n;]*$/i;

/** Orders to haproxy that give a server more or less to do, and are taken back as easily. */
const changes =
  /^(?:enable (?:server|agent|health) [\w./-]+|set (?:server [\w./-]+ (?:state (?:drain|ready)|weight [1-9]\d*%?)|weight [\w./-]+ [1-9]\d*%?))$/i;

/** socat(1): what it sends must be fixed text; `show …` only asks, anything else may change the other side. */
export const judgeSocat: Judge = ({ args, stdin }) => {
  const read = readArguments(args, socatFlags);
  const [left = '', right = '', ...more] = read.operands.map((word) => literalOf(word) ?? '');
  const isTalk =
    (ownStreams.test(left) && sockets.test(right)) || (sockets.test(left) && ownStreams.test(right));
  const isClient = isTalk && more.length === 0 && read.unlisted.length === 0;
  if (!isClient) return destructive('socat runs programs, listens or copies to something that is not known');
  return judgeSent('socat', stdin);
};

const netcatFlags = {
  reading: '-z',
  harmless: '-v -n -u -4 -6 -w= -t -i= -q= -C -N -U',
  executes: '-e= -c= --exec= --sh-exec=',
} as const satisfies Flags;

/** nc(1): asks whether a port answers, or sends a question as text. */
export const judgeNetcat: Judge = ({ program, args, stdin }) => {
  const read = readArguments(args, netcatFlags);
  const own = [...judgeFlags(program, read.flags), ...judgeUnlisted(program, read, netcatFlags, false)];
  const asks = read.flags.some(({ name }) => name === '-z');
  const judged = asks ? readOnly(`${program} only asks whether a port answers`) : judgeSent(program, stdin);
  return worstVerdict([judged, ...own], judged);
};

/** What a client sends to a socket of which only the questions are known. */
function judgeSent(program: string, stdin: Parameters<Judge>[0]['stdin']) {
  if (stdin.kind !== 'text' || stdin.text === null)
    return destructive(`${program} sends what nobody sees here`);
  const lines = stdin.text.split(/[\n;]/).map((line) => line.trim());
  if (lines.every((line) => line === '' || questions.test(line))) return readOnly(`${program} only asks`);
  return lines.every((line) => line === '' || questions.test(line) || changes.test(line))
    ? mutating(`${program} changes what a server is given to do`)
    : destructive(`${program} sends a command that is not known`);
}

/** vtysh(1): `-c 'show …'` asks a router, other commands configure it. */
export const judgeVtysh: Judge = ({ args }) => {
  const read = readArguments(args, { harmless: '-c= -d=' });
  const commands = read.flags
    .filter(({ name }) => name === '-c')
    .map(({ value }) => value && literalOf(value));
  const verdicts = commands.map((text) => {
    if (text !== null && /^(?:sh(?:ow)?|ping|traceroute)\s/.test(text)) return readOnly('vtysh only shows');
    return text !== null && /^clear\s/.test(text)
      ? mutating('vtysh clear')
      : destructive('vtysh configures the router');
  });
  return worstVerdict(verdicts, destructive('vtysh opens a console that nobody sees here'));
};
