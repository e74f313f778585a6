import type { Verdict } from '../risk/risk.ts';
import { oneLine } from './format.ts';

/** Above a step of a runbook that was made from a case: what it will need, for whoever reviews it. Empty for what only reads. */
export function riskNote({ risk, why }: Verdict): string {
  switch (risk) {
    case 'read-only':
      return '';
    case 'mutating':
      return `This changes something (${why}) and needs an approver.`;
    case 'destructive':
      return `This can destroy something (${why}) and needs two approvers.`;
    default:
      return risk satisfies never;
  }
}

/** In the notes of such a runbook: a command of the case that is no step of it. */
export const leftOutNote = (command: string, why: string): string =>
  `Left out: ${oneLine(command, 200)} (${why}).`;
