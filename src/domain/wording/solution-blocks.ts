import type { SolutionRate, Tally } from '../learning/success-rate.ts';
import type { TellingCheck } from '../ranking/telling-check.ts';
import type { Recommendation } from '../recommendation.ts';
import type { Block, Line } from '../reply.ts';
import { type Solution, solutionOwner } from '../solution.ts';
import { formatAge, formatCount, formatTime } from './format.ts';
import { recurrenceText } from './merge-text.ts';

/** One recommendation with what a person needs to judge it. */
export interface ShownSolution {
  readonly recommendation: Recommendation;
  readonly solution: Solution;
  readonly rate: SolutionRate | undefined;
  /** Since when nobody has used it, for one that is stale; ms since the epoch. */
  readonly staleSince: number | null;
  readonly alternativeOf: string | null;
  readonly check: TellingCheck | null;
}

type Field = Extract<Block, { kind: 'fields' }>['fields'][number];

/** Where a solution comes from and how it did; `measure` leads, because it says how far to trust it. */
export function solutionFields(
  { recommendation, solution, rate, staleSince }: ShownSolution,
  measure: Field,
  now: number,
): Block {
  return {
    kind: 'fields',
    fields: [
      measure,
      { name: 'Track record', value: [...trackRecord(rate), ...helpedLine(rate), ...recurrenceLine(rate)] },
      { name: 'Why', value: [whyText(recommendation.why)] },
      {
        name: 'Source',
        value: [`${kindName(solution)} v${solution.version}, `, { kind: 'code', text: solution.origin }],
      },
      {
        name: 'Age',
        value: [`changed ${formatAge(now - solution.updatedAt)} ago${staleText(staleSince, now)}`],
      },
      { name: 'Owner', value: [solutionOwner(solution) || 'nobody named'] },
    ],
  };
}

export function solutionButtons({ id }: Recommendation, style: 'primary' | 'plain'): Block {
  return {
    kind: 'buttons',
    buttons: [
      { action: { verb: 'use', id }, label: 'Use', style },
      { action: { verb: 'dismiss', id }, label: 'Not this', style: 'plain' },
      { action: { verb: 'more', id }, label: 'More', style: 'plain' },
      { action: { verb: 'comment', id }, label: '💬 Comment', style: 'plain' },
    ],
  };
}

export function kindName({ content }: Pick<Solution, 'content'>): 'Runbook' | 'Past case' {
  return content.kind === 'runbook' ? 'Runbook' : 'Past case';
}

/** Reasons as one line; names of machines and counts alone are none. */
export function whyText(why: readonly string[]): string {
  return why.length > 0 ? why.join('; ') : 'no telling word in common';
}

/** `worked 18 of 20, last on …`; a solution that nobody has tried says so instead of showing a prior. */
export function trackRecord(rate: Tally | undefined): Line {
  if (!rate || rate.tried === 0) return ['not tried yet'];
  const last = rate.lastWorkedAt === null ? '' : `, last on ${formatTime(rate.lastWorkedAt)}`;
  return [`worked ${formatCount(rate.worked)} of ${rate.tried}${last}`];
}

/** Who is not asked about: whoever wrote it. Nothing of one that helped nobody else yet. */
function helpedLine(rate: Pick<SolutionRate, 'helped'> | undefined): Line {
  const helped = rate?.helped ?? 0;
  return helped === 0 ? [] : [`; helped ${helped} ${helped === 1 ? 'other' : 'others'}`];
}

function recurrenceLine(rate: SolutionRate | undefined): Line {
  const text = recurrenceText(rate);
  return text === '' ? [] : [`; ${text}`];
}

export function staleText(since: number | null, now: number): string {
  return since === null ? '' : `; stale: not used for ${formatAge(now - since)}`;
}

/** What tells a cause from the others. */
export function checkLine(check: TellingCheck | null): Line {
  const lead = { kind: 'bold', text: 'Look first: ' } as const;
  if (check === null) return [lead, 'no check that only reads is written down for this cause.'];
  if (check.kind === 'text') return [{ kind: 'bold', text: 'Checked then by: ' }, check.text];
  const expected: Line = check.expect === null ? [] : [' Expected: ', { kind: 'code', text: check.expect }];
  return [lead, { kind: 'code', text: check.command }, ` – ${check.what}`, ...expected];
}

/** A line without its looks, for places that have none. */
export function plainLine(line: Line): string {
  return line
    .map((span) => {
      if (typeof span === 'string') return span;
      if (span.kind === 'place') return span.label;
      return span.kind === 'person' ? span.name : span.kind === 'link' ? span.url : span.text;
    })
    .join('');
}
