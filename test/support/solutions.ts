import type { SolutionId, VersionId } from '#domain/ids.ts';
import { neverUsed, type SolutionRate } from '#domain/learning/success-rate.ts';
import type { RankingCandidate } from '#domain/ranking/judge-candidate.ts';
import { noReasons } from '#domain/ranking/match-reasons.ts';
import type { Runbook, RunbookStep } from '#domain/runbook/runbook.ts';
import type { Case, SolutionContent } from '#domain/solution.ts';
import { someCase } from './rows.ts';

/** Solutions as plain as can be, for tests of the ranking. */

export const someStep = (command: string, changes: Partial<RunbookStep> = {}): RunbookStep => ({
  id: 'look',
  kind: 'diagnostic',
  title: 'Look at it.',
  notes: '',
  command,
  timeoutMs: 1000,
  exitCodes: [0],
  hostParameter: 'host',
  ...changes,
});

export const someRunbook = (title: string, changes: Partial<Runbook> = {}): SolutionContent => ({
  kind: 'runbook',
  runbook: {
    title,
    lead: '',
    notes: '',
    otherText: '',
    bodyText: '',
    appliesTo: {},
    tags: [],
    owner: '@sre',
    alerts: [],
    parameters: [],
    steps: [],
    ...changes,
  },
});

export const somePastCase = (title: string, changes: Partial<Case> = {}): SolutionContent => ({
  kind: 'case',
  case: { ...someCase(title), ...changes },
});

export const someCandidate = (
  slug: string,
  similarity: number,
  content: SolutionContent = someRunbook(slug),
): RankingCandidate => ({
  similarity,
  reasons: { ...noReasons, words: ['disk', 'full'] },
  parts: [],
  solution: {
    id: slug as SolutionId,
    slug,
    versionId: slug as VersionId,
    version: 1,
    origin: `${slug}.md`,
    updatedAt: 0,
    content,
  },
});

/** A folded rate; by default one that says nothing. */
export const someRate = (changes: Partial<SolutionRate> = {}): SolutionRate => ({
  ...neverUsed,
  worked: 0,
  tried: 0,
  success: 0.5,
  doubt: 0.25,
  elsewhere: 0.5,
  doubtElsewhere: 0.25,
  places: [],
  lastWorkedAt: null,
  quality: 0.5,
  helped: 0,
  seen: 1,
  lastSeenAt: null,
  ...changes,
});
