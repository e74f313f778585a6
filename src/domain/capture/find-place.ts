import { type KnownHost, recogniseContext } from '../message/recognise-context.ts';
import { applicationsIn } from './applications.ts';
import type { Run } from './find-runs.ts';
import type { ReadMessage } from './mentions.ts';
import type { ThreadDraft } from './thread-draft.ts';

type Place = ThreadDraft['context'];

const region =
  /^(?:us|eu|ap|sa|ca|me|af|il)-(?:gov-)?(?:north|south|east|west|central|northeast|southeast|southwest|northwest)-?\d$/;
const notMachine =
  /^(?:utf|sha|md|rfc|iso|cve|top|covid|x|ipv|tls|http|aes|step|phase|p|v|rc|part|day|tier|sev|prio|port|exit|error|code|max|min|last|first|next)-?\d/;
const token = /[\w-]+(?![\w/-])(?!\.\d)/g;
const machine = /^[a-z][a-z0-9-]{0,60}-\d{1,3}$|^(?:[a-z][a-z0-9]*-)+[a-z]+\d{1,3}$/;
const hashed = /-[a-z0-9]{8,10}-|-[0-9a-f]{7,}/;

/** Where it was wrong: machines that a prompt, a person or an alert names, and what runs there. */
export function findPlace(
  said: readonly string[],
  read: readonly ReadMessage[],
  runs: readonly Run[],
  known: readonly KnownHost[],
): Place {
  const text = said.join('\n');
  const recognised = recogniseContext(text, known);
  const shown = runs.flatMap(({ host }) => (host === null ? [] : [host]));
  const reached = runs.flatMap(({ command }) => machinesIn(/\b(?:ssh|-h) .{0,60}/.exec(command)?.[0] ?? ''));
  const hosts = [...new Set([...recognised.hosts, ...shown, ...reached, ...machinesIn(text)])].filter(
    (host) => !/^(?:localhost|bastion\d*|jump\w*)$/.test(host),
  );
  const commands = runs.map(({ command }) => command);
  const { application, os } = recognised.context;
  return {
    hosts,
    service: recognised.context.service ?? serviceIn(commands) ?? null,
    os: os ?? null,
    application:
      application ?? applicationsIn(text, [...commands, ...read.flatMap(({ texts }) => texts)])[0] ?? null,
  };
}

/** Names with a number behind a hyphen (`web-03`), or with one alone where the words say that it is a machine. */
function machinesIn(text: string): readonly string[] {
  const names = (text.match(token) ?? []).filter((name) => name.length < 64 && machine.test(name));
  const told = [
    ...text.matchAll(/\b(?:on|host|node|server|instance[=:"]*|machine|box|vm)\s*([a-z]{2,}\d{1,3})\b/g),
  ];
  return [...names, ...told.map(([, name = '']) => name)].filter(
    (name) => !region.test(name) && !notMachine.test(name) && !hashed.test(name),
  );
}

/** The deployment or unit that the commands are about. */
function serviceIn(commands: readonly string[]): string | undefined {
  const found = commands.flatMap((command) => [
    ...command.matchAll(
      /\b(?:deploy(?:ment)?|sts|statefulset|ds|daemonset|svc|service)s?[/ ]([a-z][\w-]{2,})|\bapp=([\w-]+)/g,
    ),
  ]);
  return found.map(([, named, labelled]) => named ?? labelled)[0];
}
