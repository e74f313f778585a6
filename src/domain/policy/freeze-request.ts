import { parseDuration } from '../runbook/parse-duration.ts';

/** What somebody asked for with `freeze …`. `forMs` null is without an end. */
export type FreezeRequest =
  | { readonly kind: 'show' }
  | { readonly kind: 'set'; readonly reason: string; readonly forMs: number | null }
  | { readonly kind: 'lift' }
  | { readonly kind: 'wrong'; readonly why: string };

/** The right form of the request, for whoever missed it. */
export const freezeForm = 'freeze [on [2h] REASON|off]';

const longestReason = 300;
const longestMs = 90 * 86_400_000;

/** Reads `on 2h database upgrade`, `on database upgrade`, `off`; nothing shows. */
export function readFreezeRequest(text: string): FreezeRequest {
  const [, word = '', rest = ''] = /^\s*(\S*)\s*([\s\S]*)$/u.exec(text) ?? [];
  switch (word.toLowerCase()) {
    case '':
      return { kind: 'show' };
    case 'off':
      return rest.trim() === '' ? { kind: 'lift' } : wrong();
    case 'on':
      return readSet(rest.trim());
    default:
      return wrong();
  }
}

function readSet(text: string): FreezeRequest {
  const [, first = '', rest = ''] = /^(\S*)\s*([\s\S]*)$/u.exec(text) ?? [];
  const forMs = parseDuration(first);
  const reason = (forMs === null ? text : rest).trim();
  if (reason === '' || reason.length > longestReason)
    return { kind: 'wrong', why: `Say why, in at most ${longestReason} characters: ${freezeForm}` };
  if (forMs !== null && forMs > longestMs)
    return {
      kind: 'wrong',
      why: 'A freeze lasts 90 days at most, or until it is ended; leave the time out.',
    };
  return { kind: 'set', reason, forMs };
}

const wrong = (): FreezeRequest => ({ kind: 'wrong', why: `Write it as: ${freezeForm}` });
