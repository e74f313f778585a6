import type { MergeRefusal } from '../case-merge/merge-refusal.ts';
import type { Recurrence } from '../case-merge/resolve-merges.ts';
import type { Person } from '../person.ts';
import type { Reply, Span } from '../reply.ts';
import { formatTime } from './format.ts';

/** In place of the card of a saved case, once it was merged into another; `into` is null where that is not for everybody here. */
export function mergedCaseCard(
  { slug, title }: { readonly slug: string; readonly title: string },
  into: string | null,
  { externalId, name }: Pick<Person, 'externalId' | 'name'>,
): Reply {
  const who: Span = externalId === 'shell' ? 'Somebody at the shell' : { kind: 'person', externalId, name };
  const target: Span = into === null ? 'another case' : { kind: 'bold', text: into };
  return {
    summary: `Merged the case: ${title}`,
    tone: 'plain',
    blocks: [
      {
        kind: 'text',
        line: [
          '🔗 ',
          who,
          ' merged the case that was saved here, ',
          { kind: 'bold', text: title },
          ', into ',
          target,
          '.',
        ],
      },
      {
        kind: 'note',
        line: [
          'It is kept and shown to nobody; what it was used for counts for the other. To undo it, in the shell: ',
          { kind: 'code', text: `recourse case unmerge ${slug}` },
        ],
      },
    ],
  };
}

const refusals = {
  gone: 'This case was edited, merged or discarded meanwhile. The newest card about it in this thread counts.',
  'target-gone': 'What it was to be merged into is not shown any more. Nothing was merged.',
  same: 'The other case was merged into this one meanwhile. Nothing was merged.',
  'not-theirs': 'A case is merged by whoever saved it first, or by an approver.',
  'reaches-further':
    'The other case is for more channels than this one. Only who may say for whom this one is merges it: whoever saved it first, or an administrator.',
} as const satisfies Record<MergeRefusal, string>;

export const mergeRefusal = (why: MergeRefusal): string => refusals[why];

/** `seen 4 times, last on …`; nothing of a case that was saved once. */
export function recurrenceText(rate: Recurrence | undefined): string {
  if (!rate || rate.seen < 2) return '';
  const last = rate.lastSeenAt === null ? '' : `, last on ${formatTime(rate.lastSeenAt)}`;
  return `seen ${rate.seen} times${last}`;
}
