import type { VersionId } from '../ids.ts';
import type { Person } from '../person.ts';
import type { Block, Line, Reply } from '../reply.ts';
import type { Case } from '../solution.ts';
import type { Audience } from '../visibility/visibility.ts';
import { broughtBackText, unmergeButton } from './merge-text.ts';
import { incidentLine, type ListedIncident } from './overview-lines.ts';
import { audienceText } from './visibility-text.ts';

/** Where a case was saved, as which version, and for whom it is. */
interface SavedCase {
  readonly thread: string;
  readonly version: VersionId;
  readonly audience: Audience | undefined;
  /** One in force that tells the same, and that everybody who reads the card is shown. */
  readonly near?: { readonly version: VersionId; readonly slug: string; readonly title: string } | undefined;
}

/** Said in the thread: what was kept, and how it is found and changed. */
export function savedCaseCard(
  saved: Case,
  { externalId, name }: Pick<Person, 'externalId' | 'name'>,
  about: SavedCase,
): Reply {
  const { thread, version, near } = about;
  return {
    summary: `Saved as a case: ${saved.title}`,
    tone: 'good',
    blocks: [
      {
        kind: 'text',
        line: ['💾 ', { kind: 'person', externalId, name }, ' saved this as a case: ', bold(saved.title)],
      },
      { kind: 'fields', fields: [{ name: 'What fixed it', value: [saved.resolution] }] },
      {
        kind: 'note',
        line: [
          ...shownTo(about.audience),
          'To look it up: ',
          { kind: 'code', text: `/recourse ask ${saved.title}` },
        ],
      },
      ...(near ? nearBlocks(near) : []),
      {
        kind: 'buttons',
        buttons: [
          ...(near ? [mergeButton(version, near.version)] : []),
          { action: { verb: 'save-case', id: thread }, label: 'Edit the case', style: 'plain' },
          { action: { verb: 'make-runbook', id: version }, label: 'Make a runbook', style: 'plain' },
          { action: { verb: 'discard-case', id: version }, label: 'Discard', style: 'danger' },
        ],
      },
    ],
  };
}

function nearBlocks({ slug, title }: NonNullable<SavedCase['near']>): readonly Block[] {
  const lead = 'A case that is there already tells the same: ';
  const what: Line = [lead, bold(title), ' (', { kind: 'code', text: slug }, ').'];
  const note = 'Merged into it, this one is shown to nobody and counts as one more time that it was seen.';
  return [
    { kind: 'text', line: what },
    { kind: 'note', line: [note] },
  ];
}

const mergeButton = (from: VersionId, into: VersionId) =>
  ({
    action: { verb: 'merge-case', id: `${from}/${into}` },
    label: 'Merge into it',
    style: 'plain',
  }) as const;

function shownTo(audience: Audience | undefined): Line {
  const seen = 'Whoever describes these symptoms from now on is shown it';
  if (!audience || audience.visibility === 'workspace') return [`${seen}. `];
  return [`${seen}, in `, bold(audienceText(audience, audience.channel ?? '')), '. '];
}

/** Said in the thread of a case whose runbook is in force: what was kept is not what others are shown. */
export function replacedCaseCard(
  saved: Case,
  person: Person,
  about: {
    readonly thread: string;
    readonly version: VersionId;
    readonly runbook: { readonly slug: string; readonly title: string };
  },
): Reply {
  return changedCard(saved, person, [
    {
      kind: 'text',
      line: [
        'Others are still shown the runbook that was made from it: ',
        bold(about.runbook.title),
        ' (',
        { kind: 'code', text: about.runbook.slug },
        ').',
      ],
    },
    {
      kind: 'note',
      line: ['"New version" brings the change into a review of the runbook.'],
    },
    {
      kind: 'buttons',
      buttons: [
        { action: { verb: 'save-case', id: about.thread }, label: 'Edit the case', style: 'plain' },
        { action: { verb: 'make-runbook', id: about.version }, label: 'New version', style: 'plain' },
      ],
    },
  ]);
}

/** Said in the thread of a merged case: what was kept is not what others are shown. The other one may not be for this channel. */
export function keptMergedCard(
  saved: Case,
  person: Person,
  { thread, version }: Pick<SavedCase, 'thread' | 'version'>,
): Reply {
  return changedCard(saved, person, [
    {
      kind: 'note',
      line: ['It was merged into another case, which others are still shown.'],
    },
    {
      kind: 'buttons',
      buttons: [
        { action: { verb: 'save-case', id: thread }, label: 'Edit the case', style: 'plain' },
        unmergeButton(version),
      ],
    },
  ]);
}

/** Of what was kept of a case that others are not shown; `blocks` say what they are shown instead. */
const changedCard = (saved: Case, { externalId, name }: Person, blocks: readonly Block[]): Reply => ({
  summary: `Kept with its case: ${saved.title}`,
  tone: 'plain',
  blocks: [
    {
      kind: 'text',
      line: ['💾 ', { kind: 'person', externalId, name }, ' changed this case: ', bold(saved.title)],
    },
    ...blocks,
  ],
});

/** In place of the card of a saved case, once it was discarded; `broughtBack` cases had been merged into it. */
export function discardedCaseCard(title: string, { externalId, name }: Person, broughtBack = 0): Reply {
  return {
    summary: `Discarded the case: ${title}`,
    tone: 'plain',
    blocks: [
      {
        kind: 'text',
        line: [
          '🗑 ',
          { kind: 'person', externalId, name },
          ' discarded the case that was saved here: ',
          bold(title),
        ],
      },
      {
        kind: 'note',
        line: [
          `Nobody is shown it any more. What was done in this thread can be saved anew. ${broughtBackText(broughtBack)}`.trim(),
        ],
      },
    ],
  };
}

const bold = (text: string) => ({ kind: 'bold', text }) as const;

/** Asked where no thread is known: which of the channel's incidents. */
export function whichThreadCard(incidents: readonly ListedIncident[], now: number): Reply {
  const lead =
    incidents.length === 0
      ? 'There is no incident in this channel yet. Save a thread from its own menu instead.'
      : 'Which thread do you want to save as a case?';
  return {
    summary: lead,
    tone: 'plain',
    blocks: [
      { kind: 'text', line: [lead] },
      ...incidents.flatMap((incident): readonly Block[] => [
        { kind: 'text', line: incidentLine(incident, now) },
        {
          kind: 'buttons',
          buttons: [
            { action: { verb: 'save-case', id: incident.thread }, label: 'Save as case', style: 'plain' },
          ],
        },
      ]),
    ],
  };
}
