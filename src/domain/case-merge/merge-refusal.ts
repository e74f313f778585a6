/** Why a case is not merged into another. */
export type MergeRefusal =
  /** It is not in force, or there is none of that name. */
  | 'gone'
  /** The same of what it was to be merged into, or of what that was merged into. */
  | 'target-gone'
  /** It is the same case, or the other was merged into this one. */
  | 'same'
  | 'not-theirs'
  | 'reaches-further';

/** Why a merged case is not put back by a button. */
export type UnmergeRefusal =
  /** It is not merged any more, or there is none that whoever asks is shown. */
  | 'gone'
  /** A runbook that was made from it is in force. */
  | 'replaced'
  | 'not-theirs';
