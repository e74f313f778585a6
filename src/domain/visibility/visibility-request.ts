import { readVisibility, type Visibility, visibilities } from './visibility.ts';

/** What somebody asked for with `visibility …`. */
export type VisibilityRequest =
  /** What counts in this channel. */
  | { readonly kind: 'here' }
  /** For whom cases are that are saved here from now on; null goes back to the default. */
  | { readonly kind: 'new'; readonly visibility: Visibility | null }
  /** The team whose channel this is; null is none. */
  | { readonly kind: 'team'; readonly team: string | null }
  | { readonly kind: 'of'; readonly slug: string }
  | { readonly kind: 'set'; readonly slug: string; readonly visibility: Visibility }
  | { readonly kind: 'wrong'; readonly why: string };

const one = visibilities.join('|');

/** The right form of the request, for whoever missed it. */
export const visibilityForm = `visibility [NAME [${one}] | new ${one}|default | team NAME|none]`;

const longestTeam = 50;

/** Reads `new channel`, `team payments`, `case-1234 team`, `case-1234`; nothing shows what counts here. */
export function readVisibilityRequest(text: string): VisibilityRequest {
  const words = text.trim().split(/\s+/u);
  const [first = '', ...rest] = words;
  if (first === '') return { kind: 'here' };
  if (first.toLowerCase() === 'new') return readNew(rest);
  if (first.toLowerCase() === 'team') return readTeam(rest.join(' ').toLowerCase());
  const visibility = rest.length > 0 ? readVisibility(rest.at(-1) ?? '') : undefined;
  return visibility
    ? { kind: 'set', slug: words.slice(0, -1).join(' '), visibility }
    : { kind: 'of', slug: words.join(' ') };
}

function readNew([word = '', ...others]: readonly string[]): VisibilityRequest {
  if (others.length === 0 && word.toLowerCase() === 'default') return { kind: 'new', visibility: null };
  const visibility = others.length === 0 ? readVisibility(word) : undefined;
  return visibility ? { kind: 'new', visibility } : wrong;
}

function readTeam(team: string): VisibilityRequest {
  if (team === 'none') return { kind: 'team', team: null };
  return /^[\p{L}\p{N}][\p{L}\p{N} _-]*$/u.test(team) && team.length <= longestTeam
    ? { kind: 'team', team }
    : {
        kind: 'wrong',
        why: `A team has a name of letters, digits, _ and -, at most ${longestTeam} of them.`,
      };
}

const wrong = { kind: 'wrong', why: `Write it as: ${visibilityForm}` } as const;
