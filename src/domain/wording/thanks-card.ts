import type { Person } from '../person.ts';
import type { Reply } from '../reply.ts';
import { oneLine } from './format.ts';

/** To the author of a case, in the thread that it came from; also where what helped is another case that theirs was merged into. */
export function thanksCard(
  { title, isMerged }: { readonly title: string; readonly isMerged: boolean },
  { externalId, name }: Pick<Person, 'externalId' | 'name'>,
): Reply {
  return {
    summary: `Your case helped: ${title}`,
    tone: 'good',
    blocks: [
      {
        kind: 'text',
        line: [
          '🙏 ',
          { kind: 'person', externalId, name },
          ', your case helped somebody else: ',
          { kind: 'bold', text: title },
          '. Thank you for writing it down.',
        ],
      },
      {
        kind: 'note',
        line: [
          ...(isMerged ? ['It helped as a part of the case that it was merged into. '] : []),
          'Told once a day at most for each case. To hear nothing of it: ',
          { kind: 'code', text: '/recourse thanks off' },
        ],
      },
    ],
  };
}

export const thanksSentence = (isOn: boolean): string =>
  isOn
    ? 'You are told, in its thread, when a case that you saved helped somebody. To change that: /recourse thanks off'
    : 'You are not told when a case that you saved helped somebody. To change that: /recourse thanks on';

export const wrongThanks = (text: string): string =>
  `“${oneLine(text, 40)}” is neither on nor off. Write /recourse thanks on or /recourse thanks off.`;
