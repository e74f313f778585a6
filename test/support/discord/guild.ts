/*
 * Who and what there is in the test guild. Ids are snowflakes of 2020, so they are older than anything that happens.
 */

/** Looks like nothing that opens a real door. */
export const botToken = ['a', 'bot', 'token', 'of', 'this', 'test'].join('-');
export const bot = { id: '700000000000000001', name: 'recourse' } as const;

export const guild = { id: '700000000000000100', name: 'Test Guild' } as const;
/** Another guild of the same bot, with the same people in it. */
export const otherGuild = { id: '700000000000000200', name: 'Other Guild' } as const;

export const roles = {
  responders: '700000000000000301',
  approvers: '700000000000000302',
} as const;

export const people = {
  rae: '700000000000000011',
  ada: '700000000000000012',
  ben: '700000000000000013',
  vic: '700000000000000014',
  max: '700000000000000015',
} as const;
export type Person = keyof typeof people;

/** The roles of Discord that people have from the start. */
export const rolesOf: Readonly<Record<Person, readonly string[]>> = {
  rae: [roles.responders],
  ada: [roles.approvers],
  ben: [roles.approvers],
  vic: [],
  max: [],
};

/** A bot that is no person, as monitoring tools send alerts by. */
export const alertBot = '700000000000000021';
/** A webhook of the guild; it speaks under an id of its own. */
export const webhook = '700000000000000022';

export const channels = {
  incidents: '700000000000000401',
  general: '700000000000000402',
  elsewhere: '700000000000000403',
} as const;
/** The channel of the other guild. */
export const otherChannel = '700000000000000501';
