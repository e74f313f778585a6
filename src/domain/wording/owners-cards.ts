import type { VersionId } from '../ids.ts';
import type { DataCount } from '../learning/judge-deprecation.ts';
import type { Tally } from '../learning/success-rate.ts';
import type { Block, Line, Reply, Span } from '../reply.ts';
import { formatPercent } from './format.ts';
import { trackRecord } from './solution-blocks.ts';

/** A case that keeps helping, as its owners are told of it. */
export interface SuggestedCase extends Tally {
  readonly versionId: VersionId;
  readonly title: string;
  readonly owner: string;
  readonly recommended: number;
}

/** Tells the owners of a case that a runbook could be made of it. */
export function suggestionCard(ripe: SuggestedCase): Reply {
  const { versionId: id, title, owner, recommended } = ripe;
  return {
    summary: `This case keeps helping and has no runbook: ${title}`,
    tone: 'waiting',
    blocks: [
      text(['📈 This case keeps helping and has no runbook: ', bold(title)]),
      fields([
        ['Track record', [...trackRecord(ripe), `, shown in ${recommended} incidents`]],
        ['Owner', [owner || 'nobody named']],
      ]),
      note('As a runbook its steps are proposed one by one and approved. It takes the place of the case.'),
      {
        kind: 'buttons',
        buttons: [
          { action: { verb: 'make-runbook', id }, label: 'Make a runbook', style: 'primary' },
          { action: { verb: 'no-runbook', id }, label: 'Not of this one', style: 'plain' },
        ],
      },
    ],
  };
}

/** In place of the card above, once somebody decided; `by` is null for whoever has the shell. */
export function settledSuggestionCard(
  title: string,
  became: 'taken' | 'dismissed',
  by: { readonly externalId: string; readonly name: string } | null,
): Reply {
  const who: Span = by === null ? 'Somebody at the shell' : { kind: 'person', ...pick(by) };
  const isTaken = became === 'taken';
  return {
    summary: `${isTaken ? 'A runbook was made of' : 'No runbook is wanted of'} ${title}`,
    tone: 'plain',
    blocks: [
      text([
        isTaken ? '📝 ' : '🙅 ',
        who,
        isTaken ? ' made a runbook of ' : ' wants no runbook of ',
        bold(title),
      ]),
      note(isTaken ? 'It is shown and run once an approver says yes.' : 'It is not suggested again.'),
    ],
  };
}

const pick = ({ externalId, name }: { readonly externalId: string; readonly name: string }) => ({
  externalId,
  name,
});

/** A version that does worse than the one whose place it took. */
export interface DeclinedVersion {
  readonly title: string;
  /** Of something that the form of a runbook can change. */
  readonly isRunbook: boolean;
  readonly owner: string;
  readonly author: Span;
  readonly approvedBy: Span;
  readonly after: Tally & { readonly id: VersionId; readonly version: number };
  readonly before: Tally & { readonly id: VersionId; readonly version: number };
  /** Probability, 0…1. */
  readonly certainty: number;
  readonly data: DataCount;
}

/** Tells the owners that an approved version made it worse, with what can be done about it. */
export function declineCard(declined: DeclinedVersion): Reply {
  const { title, owner, author, approvedBy, after, before, certainty, data } = declined;
  const what = `version ${after.version} works less often than version ${before.version} did`;
  return {
    summary: `${title}: ${what}`,
    tone: 'bad',
    blocks: [
      text(['📉 ', bold(title), `: ${what}.`]),
      fields([
        [`Version ${after.version}`, trackRecord(after)],
        [`Version ${before.version}`, trackRecord(before)],
        ['How sure', [`${formatPercent(Math.floor(certainty * 100) / 100)}, by ${toldBy(data)}`]],
        ['Owner', [owner || 'nobody named']],
        ['Written by', [author]],
        ['Approved by', [approvedBy]],
      ]),
      note('It stays in force until somebody decides. Whatever is proposed waits for a review.'),
      {
        kind: 'buttons',
        buttons: [
          {
            action: { verb: 'restore-version', id: before.id },
            label: `Propose version ${before.version} again`,
            style: 'primary',
          },
          ...(declined.isRunbook
            ? [
                {
                  action: { verb: 'make-runbook', id: after.id },
                  label: 'Write a new version',
                  style: 'plain',
                } as const,
              ]
            : []),
        ],
      },
    ],
  };
}

/** `3 people and 2 runs and alerts in 4 incidents`. */
export function toldBy({ people, measured, incidents }: DataCount): string {
  const told = [
    ...(people > 0 ? [`${people} ${people === 1 ? 'person' : 'people'}`] : []),
    ...(measured > 0 ? [`${measured} ${measured === 1 ? 'run or alert' : 'runs and alerts'}`] : []),
  ].join(' and ');
  return `${told} in ${incidents} incidents`;
}

const bold = (words: string) => ({ kind: 'bold', text: words }) as const;
const text = (line: Line): Block => ({ kind: 'text', line });
const note = (words: string): Block => ({ kind: 'note', line: [words] });
const fields = (all: readonly (readonly [string, Line])[]): Block => ({
  kind: 'fields',
  fields: all.map(([name, value]) => ({ name, value })),
});
