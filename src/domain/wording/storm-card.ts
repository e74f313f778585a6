import type { AlertGroups } from '../alert/alert-groups.ts';
import type { Line, Reply } from '../reply.ts';
import { type AlertCounts, fieldsOf, toneOf } from './alert-card.ts';
import { callField, type ShownCall } from './call-field.ts';
import { oneLine } from './format.ts';

const longestName = 120;

export interface StormCardView extends AlertCounts {
  readonly groups: AlertGroups;
  /** Who is called for all of it, by escalation; empty where nobody is. */
  readonly calls: readonly ShownCall[];
}

/** Stands for everything that begins in a channel while more comes in than threads could be read. */
export function stormCard(counts: StormCardView): Reply {
  const { firing, acknowledged, resolved } = counts;
  const total = firing + acknowledged + resolved;
  const isOver = firing + acknowledged === 0;
  const summary = isOver
    ? `The alert storm is over: ${total} alerts`
    : `Alert storm: ${firing + acknowledged} of ${total} alerts go on`;
  return {
    summary,
    tone: toneOf(counts),
    blocks: [
      { kind: 'heading', text: summary },
      {
        kind: 'text',
        line: [
          'More begins here than threads could be read, so these are counted on one card. The most, by name:',
        ],
      },
      { kind: 'list', items: itemsOf(counts.groups) },
      { kind: 'fields', fields: [...fieldsOf(counts, undefined), ...counts.calls.flatMap(callField)] },
    ],
  };
}

function itemsOf({ top, count }: AlertGroups): readonly Line[] {
  const rest = count - top.length;
  const items = top.map(
    ({ name, going, total, severity }): Line => [
      { kind: 'bold', text: oneLine(name, longestName) },
      `: ${going} of ${total} go on${severity === null ? '' : `, ${severity}`}`,
    ],
  );
  return rest > 0 ? [...items, [rest === 1 ? 'and one more name' : `and ${rest} more names`]] : items;
}
