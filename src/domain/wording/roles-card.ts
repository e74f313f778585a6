import type { Speaker } from '../intent.ts';
import type { Person } from '../person.ts';
import type { Line, Reply } from '../reply.ts';
import { type RoleBinding, roleCap } from '../role-in-force.ts';

/** Somebody's own role here, why it is no greater, and what groups and channels are bound to. */
export function rolesCard(person: Person, { standing }: Speaker, bindings: readonly RoleBinding[]): Reply {
  const summary = `Your role here is ${person.role}.`;
  return {
    summary,
    tone: 'plain',
    blocks: [
      { kind: 'text', line: [{ kind: 'bold', text: summary }, capOf(standing)] },
      ...(bindings.length > 0 ? [{ kind: 'list', items: bindings.map(bindingLine) } as const] : []),
      {
        kind: 'note',
        line: ['The greatest of what was given to you, to your groups and to this channel counts.'],
      },
    ],
  };
}

/** What a standing allows at most, as the end of a sentence; empty for a full member. */
export function capOf(standing: Speaker['standing']): string {
  return standing === 'member' ? '' : ` A ${standingNames[standing]} is at most a ${roleCap(standing)}.`;
}

const standingNames = {
  guest: 'guest',
  stranger: 'person from another organisation',
  deactivated: 'closed account',
  bot: 'bot',
} as const;

const bindingLine = ({ kind, externalId, role }: RoleBinding): Line => [
  `${kind} `,
  { kind: 'code', text: externalId },
  `: ${role}`,
];
