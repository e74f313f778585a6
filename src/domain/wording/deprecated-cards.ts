import type { VersionId } from '../ids.ts';
import type { Block, Button, Form, Reply, Span } from '../reply.ts';
import { type SolutionContent, solutionOwner, solutionTitle } from '../solution.ts';
import { formatAge } from './format.ts';
import { leftAsideText } from './merge-text.ts';

/** What has stopped working, as it waits for a person. */
export interface ListedDeprecated {
  readonly versionId: VersionId;
  readonly slug: string;
  readonly version: number;
  readonly content: SolutionContent;
  readonly reason: string;
  /** ms since the epoch; null where nobody noted it. */
  readonly since: number | null;
}

/** Tells its owners that it is shown no more, with what can be made of it; `merged` cases count for it. */
export function deprecatedCard(found: ListedDeprecated, merged = 0): Reply {
  const title = solutionTitle(found);
  return {
    summary: `Has stopped working and is shown no more: ${title}`,
    tone: 'bad',
    blocks: [
      {
        kind: 'text',
        line: ['🪦 Has stopped working and is shown no more: ', { kind: 'bold', text: title }],
      },
      {
        kind: 'fields',
        fields: [
          { name: 'Why', value: [found.reason] },
          { name: 'Version', value: [`${found.version} of ${found.slug}`] },
          { name: 'Owner', value: [solutionOwner(found) || 'nobody named'] },
        ],
      },
      ...(merged === 0 ? [] : [{ kind: 'note', line: [leftAsideText(merged)] } as const]),
      { kind: 'buttons', buttons: deprecatedButtons(found) },
    ],
  };
}

/** One entry of the list of what waits. */
export function deprecatedBlocks(found: ListedDeprecated, now: number): readonly Block[] {
  const ago = found.since === null ? '' : `, ${formatAge(now - found.since)} ago`;
  return [
    {
      kind: 'text',
      line: [
        { kind: 'bold', text: solutionTitle(found) },
        `, version ${found.version} of ${found.slug}, has stopped working${ago} – ${found.reason}`,
      ],
    },
    { kind: 'buttons', buttons: deprecatedButtons(found) },
  ];
}

/** A case is written anew in its thread, where it was saved. */
const deprecatedButtons = ({ versionId: id, content }: ListedDeprecated): readonly Button[] => [
  { action: { verb: 'revive', id }, label: 'Revive', style: 'plain' },
  ...(content.kind === 'runbook'
    ? [{ action: { verb: 'make-runbook', id }, label: 'Write a new version', style: 'plain' } as const]
    : []),
  { action: { verb: 'retire', id }, label: 'Retire', style: 'danger' },
];

/** In place of the card that told of it, once somebody decided. */
export function settledDeprecationCard(
  found: Pick<ListedDeprecated, 'content' | 'version'>,
  { decision, notes }: { readonly decision: 'revived' | 'retired' | 'replaced'; readonly notes: string },
  { externalId, name }: { readonly externalId: string; readonly name: string },
): Reply {
  const title = `${solutionTitle(found)}, version ${found.version}`;
  const who: Span = externalId === 'shell' ? 'Somebody at the shell' : { kind: 'person', externalId, name };
  return {
    summary: `${decision[0]?.toUpperCase()}${decision.slice(1)}: ${title}`,
    tone: decision === 'retired' ? 'plain' : 'good',
    blocks: [
      {
        kind: 'text',
        line: [decision === 'retired' ? '🗄 ' : '✅ ', who, ` ${decision} `, { kind: 'bold', text: title }],
      },
      ...(notes === '' ? [] : [{ kind: 'fields', fields: [{ name: 'Notes', value: [notes] }] } as const]),
    ],
  };
}

/** Asks for a few words with a decision; `merged` cases count for it. */
export function deprecatedForm(
  found: Pick<ListedDeprecated, 'content' | 'version'> & { readonly id: VersionId },
  decision: 'revived' | 'retired',
  merged = 0,
): Form {
  const isBack = decision === 'revived';
  const title = `${solutionTitle(found)}, version ${found.version}`;
  return {
    action: { verb: isBack ? 'revive' : 'retire', id: found.id },
    title: isBack ? 'Revive' : 'Retire',
    intro: isBack
      ? `${title}, is shown and run again. What was said of it until now does not deprecate it again.`
      : `${title}, is kept and never shown again. ${leftAsideText(merged)}`.trim(),
    fields: [
      {
        ...{ name: 'notes', label: 'Notes', hint: isBack ? 'What has changed.' : 'Why nobody needs it.' },
        ...{ initial: '', required: !isBack, kind: 'text', lines: 'many' },
      },
    ],
    submitLabel: isBack ? 'Revive' : 'Retire',
  };
}

export const waitsNoMore = 'This does not wait any more: somebody decided about it, or it was used since.';
