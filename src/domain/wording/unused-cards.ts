import type { VersionId } from '../ids.ts';
import type { Block, Form, Reply } from '../reply.ts';
import { type SolutionContent, solutionOwner, solutionTitle } from '../solution.ts';
import { formatAge } from './format.ts';
import { leftAsideText } from './merge-text.ts';

/** What is in force and nobody has used for long, as it waits for a person. `since` is ms since the epoch. */
export interface ListedUnused {
  readonly versionId: VersionId;
  readonly slug: string;
  readonly version: number;
  readonly content: SolutionContent;
  readonly since: number;
}

/** Tells owners once of what nobody has used for long; `more` others are not named here. */
export function unusedCard(found: readonly ListedUnused[], more: number, now: number): Reply {
  const count = found.length + more;
  const summary = `${count} ${count === 1 ? 'solution was' : 'solutions were'} not used for long`;
  return {
    summary,
    tone: 'waiting',
    blocks: [
      { kind: 'text', line: [`🕸 ${summary}. Does anybody need ${count === 1 ? 'it' : 'them'} any more?`] },
      ...found.map((one): Block => ({ kind: 'text', line: unusedLine(one, now) })),
      ...(more === 0 ? [] : [note(`And ${more} more.`)]),
      note(
        'They are shown until somebody retires them. An approver decides, or whoever wrote it: /recourse review',
      ),
    ],
  };
}

/** One entry of the list of what waits. */
export const unusedBlocks = (found: ListedUnused, now: number): readonly Block[] => [
  { kind: 'text', line: unusedLine(found, now) },
  {
    kind: 'buttons',
    buttons: [
      { action: { verb: 'keep', id: found.versionId }, label: 'Keep', style: 'plain' },
      { action: { verb: 'retire', id: found.versionId }, label: 'Retire', style: 'danger' },
    ],
  },
];

const unusedLine = (found: ListedUnused, now: number): Extract<Block, { kind: 'text' }>['line'] => [
  { kind: 'bold', text: solutionTitle(found) },
  `, version ${found.version} of ${found.slug}, owner ${solutionOwner(found) || 'nobody named'}: not used for ${formatAge(now - found.since)}`,
];

const note = (text: string): Block => ({ kind: 'note', line: [text] });

/** Asks why nobody needs it any more; `merged` cases count for it. */
export function retireUnusedForm(
  found: Pick<ListedUnused, 'content' | 'version'> & { readonly id: VersionId },
  merged: number,
): Form {
  const title = `${solutionTitle(found)}, version ${found.version}`;
  return {
    action: { verb: 'retire', id: found.id },
    title: 'Retire',
    intro: `${title}, is shown until now. It is kept and never shown again. ${leftAsideText(merged)}`.trim(),
    fields: [
      {
        ...{ name: 'notes', label: 'Notes', hint: 'Why nobody needs it.', initial: '', required: true },
        ...{ kind: 'text', lines: 'many' },
      },
    ],
    submitLabel: 'Retire',
  };
}
