import { hasRole, type Role, type Standing } from './person.ts';
import { nearestName } from './text/nearest-name.ts';

export const commandVerbs = [
  'ask',
  'run',
  'save',
  'runbooks',
  'runs',
  'insights',
  'review',
  'mode',
  'visibility',
  'role',
  'freeze',
  'thanks',
  'forget',
  'help',
] as const;
export type CommandVerb = (typeof commandVerbs)[number];

/** The least role that each command needs. */
export const commandRoles = {
  ask: 'viewer',
  run: 'responder',
  save: 'responder',
  runbooks: 'viewer',
  runs: 'viewer',
  insights: 'viewer',
  review: 'approver',
  // Anybody may look; a change asks for an administrator.
  mode: 'viewer',
  visibility: 'viewer',
  role: 'viewer',
  // A responder may stop changes, an approver let them go on.
  freeze: 'viewer',
  thanks: 'viewer',
  forget: 'viewer',
  help: 'viewer',
} as const satisfies Record<CommandVerb, Role>;

/** Commands that may be answered by a form, as the buttons of `openingVerbs`. */
export const openingCommands = ['run', 'save'] as const satisfies readonly CommandVerb[];

/** Commands for which it counts whether a channel is private. */
export const savingCommands = ['save', 'visibility'] as const satisfies readonly CommandVerb[];

/** What of a person decides which commands are theirs. */
export interface Giver {
  readonly role: Role;
  readonly standing: Standing;
}

/** Guests and people of other organisations may ask where they are; lists would tell them of channels that they do not see. */
export function mayList(standing: Standing): boolean {
  return standing === 'member';
}

/** Guests too may ask, and have their own words deleted. */
const alwaysOpen: readonly CommandVerb[] = ['ask', 'forget', 'help'];

export function mayGive(verb: CommandVerb, { role, standing }: Giver): boolean {
  const isOpen = alwaysOpen.some((open) => open === verb) || mayList(standing);
  return isOpen && hasRole(role, commandRoles[verb]);
}

/** What somebody wrote after `/recourse`; `nearest` is what they most likely meant. */
export type Command =
  | { readonly kind: 'known'; readonly verb: CommandVerb; readonly rest: string }
  | { readonly kind: 'unknown'; readonly word: string; readonly nearest: CommandVerb | undefined };

/** The first word is the verb, in any case; nothing at all asks for help. */
export function readCommand(text: string): Command {
  const [, word = '', rest = ''] = /^\s*(\S*)\s*([\s\S]*)$/u.exec(text) ?? [];
  const lower = word === '' ? 'help' : word.toLowerCase();
  const verb = commandVerbs.find((known) => known === lower);
  if (verb) return { kind: 'known', verb, rest: rest.trim() };
  const nearest = commandVerbs.find((known) => known === nearestName(lower, commandVerbs));
  return { kind: 'unknown', word, nearest };
}
