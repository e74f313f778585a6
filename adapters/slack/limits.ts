/**
 * Every limit of Slack, in one place. Sizes are characters (UTF-16 units) where nothing else is said. From Slack's
 * reference of methods, blocks, elements, composition objects and views; what is not from there says so.
 */
export const limits = {
  /** `text` of `chat.update`, in bytes of UTF-8. */
  updateText: 4000,
  messageBlocks: 50,
  /**
   * Bytes of all blocks of a message as JSON. Not documented: `chat.postMessage` answers `msg_blocks_too_long` from
   * about 13,200 on (slackapi/bolt-js issues 2509 and 2867). Bytes of JSON are the most careful reading of that.
   */
  messageBytes: 12_000,
  viewBlocks: 100,
  /** Of a view as JSON, in bytes: Slack answers `view_too_large` above 250 kB. */
  viewBytes: 200_000,
  /** A text object, and for us each text of a rich text, which has no documented limit. */
  text: 3000,
  header: 150,
  blockId: 255,
  actionId: 255,
  actionsElements: 25,
  contextElements: 10,
  buttonText: 75,
  buttonValue: 2000,
  linkUrl: 3000,
  viewTitle: 24,
  viewSubmit: 24,
  viewClose: 24,
  callbackId: 255,
  privateMetadata: 3000,
  inputLabel: 2000,
  inputHint: 2000,
  inputInitial: 3000,
  optionText: 75,
  optionValue: 75,
  options: 100,
  optionGroups: 100,
  optionGroupLabel: 75,
  /**
   * The longest command of a step that is offered for approval. Less than fits: quotes, other scripts and hidden characters
   * take more bytes than characters. One that still does not fit is not shown in part, and nobody can approve it.
   */
  longestCommand: 3000,
  /** One new message a second and channel; edits have a limit of their own. */
  postEveryMs: 1000,
  /** `chat.update` takes about 50 calls a minute. */
  editEveryMs: 1500,
  /** Messages of a thread or channel that are read back to find out whether a doubtful post arrived. */
  lookBack: 200,
  /** Messages of `conversations.replies` at a time: what Slack recommends. Apps that are sold outside its marketplace get 15. */
  repliesPage: 200,
  /** Bytes of a request that are read before it is refused. Slack names no limit; a press on the fullest message is well under this. */
  requestBytes: 1_000_000,
} as const;
