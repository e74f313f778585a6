import type {
  CaptureState,
  ResolvedBy,
  SettledThread,
  WaitingDraft,
} from '#domain/automatic-capture/capture.ts';
import type { CaptureSettings } from '#domain/automatic-capture/capture-settings.ts';
import type { IncidentId, PostId } from '#domain/ids.ts';
import type { CaseDraft } from '#domain/wording/case-form.ts';

/** A draft as it is put before people. `people` are the platform's ids of those whose words it was made from. */
export interface NewDraft {
  readonly postId: PostId;
  readonly draft: CaseDraft;
  readonly people: readonly string[];
}

/** Drafts that nobody asked for, one a thread. Times are the database's. */
export interface CaptureStore {
  /** True where the thread was not recorded before. */
  begin(id: IncidentId): Promise<boolean>;
  stateOf(id: IncidentId): Promise<CaptureState | undefined>;
  /** It looks resolved: to be taken when it has been quiet for so long. Changes nothing once there is a draft. */
  settle(id: IncidentId, because: ResolvedBy, quietMs: number): Promise<void>;
  /** Something was said that tells neither: the quiet begins anew, or the longer one where nothing told that it is over. */
  putOff(id: IncidentId, quiet: Pick<CaptureSettings, 'quietMs' | 'silenceMs'>): Promise<void>;
  /**
   * It is not resolved after all, of what only `because` said so where that is given; the card of a draft that was waiting
   * then, null for none. What was saved is recorded again: how it is fixed this time is not in its case.
   */
  unsettle(id: IncidentId, because?: ResolvedBy): Promise<PostId | null>;
  /**
   * Takes up to `limit` that have been quiet for long enough; of two that ask at once, one gets each. What nobody has kept
   * or dropped is given again after a minute, and then after longer and longer, up to an hour.
   */
  take(limit: number): Promise<readonly SettledThread[]>;
  /** False when something happened to it since it was taken; then nothing was kept. */
  keep(taken: SettledThread, draft: NewDraft, lapseMs: number): Promise<boolean>;
  /** There is nothing to keep of it, for now. */
  drop(taken: SettledThread): Promise<void>;
  /** The draft of a thread that waits for a person. */
  waiting(id: IncidentId): Promise<WaitingDraft | undefined>;
  /** The same, by its card. */
  behindPost(id: PostId): Promise<WaitingDraft | undefined>;
  /** Ends it whatever it was, and forgets the draft, which is returned where one was waiting. Of two, one gets it. */
  close(
    id: IncidentId,
    state: Extract<CaptureState, 'saved' | 'discarded'>,
  ): Promise<WaitingDraft | undefined>;
  /** Drafts on which nobody decided in time; they are forgotten with this. */
  lapse(limit: number): Promise<readonly WaitingDraft[]>;
  /** Drafts that wait and were made from words of this person, by the platform's id; they are forgotten with this. */
  forget(personExternalId: string): Promise<readonly WaitingDraft[]>;
}
