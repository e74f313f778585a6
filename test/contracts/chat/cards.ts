import type { ActionVerb } from '#domain/action.ts';
import type { Reply } from '#domain/reply.ts';

export const id = '00000000-0000-7000-8000-000000000101';
/** A reply with one button. */
export const cardWith = (verb: ActionVerb): Reply => ({
  summary: 'A card',
  tone: 'waiting',
  blocks: [
    { kind: 'text', line: ['Choose'] },
    { kind: 'buttons', buttons: [{ action: { verb, id }, label: 'Press', style: 'primary' }] },
  ],
});
