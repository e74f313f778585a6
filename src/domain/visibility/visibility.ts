/**
 * Who is shown a solution, by where they are: what is posted is read by everybody in a channel, so a place decides and no
 * list of people.
 *
 * - `channel`: the channel that it belongs to.
 * - `team`: the channels of one team, and the one that it belongs to. A team is the channels that an administrator has
 *   given its name.
 * - `workspace`: every channel, and where there is none.
 */
export const visibilities = ['channel', 'team', 'workspace'] as const;
export type Visibility = (typeof visibilities)[number];

/** For whom a solution is. `channel` is the one that it belongs to, null where it came from none. */
export interface Audience {
  readonly visibility: Visibility;
  readonly channel: string | null;
  /** Null unless the visibility is `team`. */
  readonly team: string | null;
}

/** Whether the one is for fewer channels than the other, of what belongs to the same channel. */
export const isNarrower = (one: Audience, other: Audience): boolean =>
  visibilities.indexOf(one.visibility) < visibilities.indexOf(other.visibility);

/** What is for everybody is so wherever it came from. */
export const isSameAudience = (one: Audience, other: Audience): boolean =>
  one.visibility === other.visibility &&
  (one.visibility === 'workspace' || (one.channel === other.channel && one.team === other.team));

/** Of what came from no channel, such as a file. */
export const everybody: Audience = { visibility: 'workspace', channel: null, team: null };

/** A channel in which a case is saved. */
export interface SavingPlace {
  readonly channel: string;
  readonly team: string | null;
  /** What an administrator set there; null where nobody did. */
  readonly set: Visibility | null;
  /** Whether everybody in the workspace may read along there; undefined where the platform did not tell. */
  readonly open: boolean | undefined;
}

/** For whom a case is of which nobody said so. What comes from a channel that may be private stays there. */
export function defaultVisibility({ team, set, open }: Omit<SavingPlace, 'channel'>): Visibility {
  const wanted = set ?? (open === true ? 'workspace' : 'channel');
  return wanted === 'team' && team === null ? 'channel' : wanted;
}

export function audienceOf(
  visibility: Visibility,
  { channel, team }: { readonly channel: string | null; readonly team: string | null },
): Audience {
  return { visibility, channel, team: visibility === 'team' ? team : null };
}

/** Which of them can be chosen where a solution belongs to this channel and team. */
export function choosable({ channel, team }: Pick<Audience, 'channel' | 'team'>): readonly Visibility[] {
  return visibilities.filter(
    (one) => one === 'workspace' || (channel !== null && (one === 'channel' || team !== null)),
  );
}

export function readVisibility(text: string): Visibility | undefined {
  const word = text.trim().toLowerCase();
  return visibilities.find((known) => known === word);
}
