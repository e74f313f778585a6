import type { MergeRefusal, UnmergeRefusal } from '../case-merge/merge-refusal.ts';
import type { Recurrence } from '../case-merge/resolve-merges.ts';
import type { VersionId } from '../ids.ts';
import type { Person } from '../person.ts';
import type { Block, Reply, Span } from '../reply.ts';
import { formatTime } from './format.ts';

/** In place of the card of a saved case, once it was merged into another; `into` is null where that is not for everybody here. */
export function mergedCaseCard(
  { version, title }: { readonly version: VersionId; readonly title: string },
  into: string | null,
  by: Pick<Person, 'externalId' | 'name'>,
): Reply {
  const target: Span = into === null ? 'another case' : { kind: 'bold', text: into };
  return {
    summary: `Merged the case: ${title}`,
    tone: 'plain',
    blocks: [
      {
        kind: 'text',
        line: [
          '🔗 ',
          spanOf(by),
          ' merged the case that was saved here, ',
          { kind: 'bold', text: title },
          ', into ',
          target,
          '.',
        ],
      },
      {
        kind: 'note',
        line: ['It is kept and shown to nobody; what it was used for counts for the other.'],
      },
      { kind: 'buttons', buttons: [unmergeButton(version)] },
    ],
  };
}

/** Puts a merged case back; `version` is the one that its card is about. */
export const unmergeButton = (
  version: VersionId,
): Extract<Block, { kind: 'buttons' }>['buttons'][number] => ({
  action: { verb: 'unmerge-case', id: version },
  label: 'Undo the merge',
  style: 'plain',
});

/** In place of the card above where the case was edited since: the card of what is shown again is the one of that edit. */
export function unmergedCaseCard(title: string, by: Pick<Person, 'externalId' | 'name'>): Reply {
  return {
    summary: `No longer merged: ${title}`,
    tone: 'plain',
    blocks: [
      { kind: 'text', line: ['↩️ ', spanOf(by), ' undid the merge of ', { kind: 'bold', text: title }, '.'] },
      { kind: 'note', line: ['It is shown again, as it was edited since. Its newest card stands below.'] },
    ],
  };
}

const spanOf = ({ externalId, name }: Pick<Person, 'externalId' | 'name'>): Span =>
  externalId === 'shell' ? 'Somebody at the shell' : { kind: 'person', externalId, name };

const refusals = {
  gone: 'This case was edited, merged or discarded meanwhile. The newest card about it in this thread counts.',
  'target-gone': 'What it was to be merged into is not shown any more. Nothing was merged.',
  same: 'The other case was merged into this one meanwhile. Nothing was merged.',
  'not-theirs': 'A case is merged by whoever saved it first, or by an approver.',
  'reaches-further':
    'The other case is for more channels than this one. Only who may say for whom this one is merges it: whoever saved it first, or an administrator.',
} as const satisfies Record<MergeRefusal, string>;

export const mergeRefusal = (why: MergeRefusal): string => refusals[why];

/** Why a merge was not undone. */
export const unmergeRefusal = (why: UnmergeRefusal): string => unmergeRefusals[why];

const unmergeRefusals = {
  gone: 'This case is not merged any more. The newest card about it in this thread counts.',
  replaced: 'A runbook that was made from this case is in force and shown in its place. Nothing was changed.',
  'not-theirs': 'A merge is undone by whoever saved the case first, or by an approver.',
} as const satisfies Record<UnmergeRefusal, string>;

/** What comes back with a case that is taken away; nothing where nothing was merged into it. */
export function broughtBackText(count: number): string {
  if (count === 0) return '';
  return count === 1
    ? 'The case that was merged into it is shown again.'
    : `The ${count} cases that were merged into it are shown again.`;
}

/** What stays aside with a case that is shown no more; nothing where nothing was merged into it. */
export function leftAsideText(count: number): string {
  if (count === 0) return '';
  return count === 1
    ? 'The case that was merged into it tells the same and stays aside with it; its own card brings it back.'
    : `The ${count} cases that were merged into it tell the same and stay aside with it; their own cards bring them back.`;
}

/** `seen 4 times, last on …`; nothing of a case that was saved once. */
export function recurrenceText(rate: Recurrence | undefined): string {
  if (!rate || rate.seen < 2) return '';
  const last = rate.lastSeenAt === null ? '' : `, last on ${formatTime(rate.lastSeenAt)}`;
  return `seen ${rate.seen} times${last}`;
}
