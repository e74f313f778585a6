import type { DecidedSolution } from '../review/decided-solution.ts';
import { waitsNoMore } from './deprecated-cards.ts';
import { whyNotReviewed } from './review-card.ts';

const now = {
  revived: 'is in force again.',
  retired: 'is retired.',
  kept: 'is kept. It is not asked about again before it was unused as long once more.',
} as const;

/** For whoever decided. */
export function decidedText(decided: DecidedSolution, decision: keyof typeof now): string {
  switch (decided.kind) {
    case 'gone':
      return waitsNoMore;
    case 'denied':
      return whyNotReviewed(decided.answer);
    case 'decided':
      return `${decided.slug}, version ${decided.version}, ${now[decision]}`;
    default:
      return decided satisfies never;
  }
}
