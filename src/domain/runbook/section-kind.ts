import type { StepKind } from './runbook.ts';

/** Headings by the kind of their steps, lower case. */
const headings: Readonly<Record<StepKind, readonly string[]>> = {
  diagnostic: [
    'check',
    'checks',
    'diagnose',
    'diagnosis',
    'diagnostics',
    'investigate',
    'investigation',
    'triage',
  ],
  remediation: [
    'fix',
    'fixes',
    'mitigate',
    'mitigation',
    'resolution',
    'resolve',
    'remediation',
    'remediate',
    'repair',
  ],
  validation: ['verify', 'verification', 'validate', 'validation', 'confirm'],
  rollback: ['rollback', 'roll back', 'back out', 'backout', 'undo', 'revert'],
};

const kinds: ReadonlyMap<string, StepKind> = new Map(
  (Object.entries(headings) as [StepKind, readonly string[]][]).flatMap(([kind, names]) =>
    names.map((name): [string, StepKind] => [name, kind]),
  ),
);

/** The heading under which steps of a kind are written. */
export const sectionTitles = {
  diagnostic: 'Check',
  remediation: 'Fix',
  validation: 'Verify',
  rollback: 'Rollback',
} as const satisfies Record<StepKind, string>;

/** The heading under which prose is written that belongs to no step. */
export const notesTitle = 'Notes';

/** The kind that a heading stands for (`## 2. Mitigation:` → remediation); null when it says nothing. */
export function namedSectionKind(heading: string): StepKind | null {
  const plain = heading
    .toLowerCase()
    .replace(/[^a-z ]+/g, ' ')
    .replace(/\b(?:step|steps|phase|part|section|the|issue|problem)\b/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  return kinds.get(plain) ?? null;
}

/** The kind of the steps below a heading; anything that is not known only looks. */
export function sectionKind(heading: string): StepKind {
  return namedSectionKind(heading) ?? 'diagnostic';
}
