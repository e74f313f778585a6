import type { IncidentId, PersonId, PostId, RecommendationId, SolutionId, VersionId } from '#domain/ids.ts';
import type { Reply } from '#domain/reply.ts';

/** A person, by the platform's id, by ours, and as they are shown. */
export interface Speaking {
  readonly id: PersonId;
  readonly externalId: string;
  readonly name: string;
}

/** An incident in which somebody said what is wrong. */
export interface TalkedIn {
  readonly id: IncidentId;
  readonly channel: string;
  readonly thread: string;
  readonly isOpener: boolean;
}

/** A case that one person wrote and nobody else took part in. */
export interface OwnCase {
  readonly id: SolutionId;
  readonly slug: string;
  /** Its versions, by which the cards are named that tell of them. */
  readonly versions: readonly VersionId[];
  /** What its versions were called, without names that are part of what another solution is called. */
  readonly titles: readonly string[];
}

/** What tells of a case in the chat. */
export interface TellingOf {
  readonly recommendations: readonly RecommendationId[];
  /** Messages that show it, name it or have a button with one of its versions; those for one person alone are not kept up. */
  readonly posts: readonly { readonly id: PostId; readonly reply: Reply }[];
}

/** What one person wrote, for deleting it. Votes, decisions and who did what are none of it. */
export interface WordsStore {
  /** Incidents that they opened or said last what they are about. */
  threads(person: Speaking): Promise<readonly TalkedIn[]>;
  /** Forgets what incidents are about where this person said it last; how many those are. */
  forgetProblems(person: Speaking): Promise<number>;
  /** Deletes their comments on solutions; which those are on. */
  forgetComments(person: Speaking): Promise<readonly RecommendationId[]>;
  /** Deletes their comments on whole answers, by the posts of these. */
  forgetOpinions(person: Speaking): Promise<readonly PostId[]>;
  /** Empties what came in from them and was handled or given up. */
  forgetDeliveries(person: Speaking): Promise<void>;
  /**
   * Empties all versions of the cases that they alone wrote and took part in, and takes them out of force for good; what is
   * indexed of them must be taken out with it.
   */
  forgetCases(person: Speaking): Promise<readonly OwnCase[]>;
  /** What still tells of a case whose versions were emptied. */
  tellingOf(own: OwnCase): Promise<TellingOf>;
}
