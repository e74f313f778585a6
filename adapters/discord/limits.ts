/**
 * Every limit of Discord, in one place. Sizes are characters, counted here as UTF-16 units, which are never fewer than
 * what Discord counts. From Discord's reference (docs.discord.com/developers): message, components, application
 * commands, interactions and rate limits; what is not from there says so.
 */
export const limits = {
  /** Resources, Message: create message. */
  content: 2000,
  /** The part of it that a summary may take, and how much of a longer one is shown: a character takes eight at most. */
  summary: 1600,
  summaryCut: 200,
  embeds: 10,
  /** Embed limits; the total is that of all embeds of a message together. */
  embedTitle: 256,
  embedDescription: 4096,
  embedFields: 25,
  embedFieldName: 256,
  embedFieldValue: 1024,
  embedFooter: 2048,
  embedAuthor: 256,
  embedTotal: 6000,
  /** `nonce` of a new message. */
  nonce: 25,
  attachments: 10,
  /** Characters of the words for who cannot see a file: reference, attachment object. */
  attachmentDescription: 1024,
  /** Bytes of all files of a message where nobody pays for more: reference, uploading files. */
  uploadBytes: 10 * 1024 * 1024,
  /** Components, action row and button. */
  rows: 5,
  rowButtons: 5,
  buttonLabel: 80,
  customId: 100,
  /** Interactions, modal; components, label, text input and string select. */
  modalTitle: 45,
  modalComponents: 5,
  textDisplay: 4000,
  inputLabel: 45,
  inputDescription: 100,
  inputPlaceholder: 100,
  inputValue: 4000,
  options: 25,
  optionLabel: 100,
  optionValue: 100,
  /** Application commands: suggestions while somebody types. */
  autocompleteChoices: 25,
  autocompleteChoice: 100,
  /** Resources, Channel: start thread from message. */
  threadName: 100,
  /** Minutes without a message after which a thread is archived: a day. */
  threadArchiveMinutes: 1440,
  /** An address of a link. Not documented: half of the least that an embed takes. */
  linkUrl: 2000,
  /**
   * The longest command of a step that is offered for approval. A fence takes 4,088 characters and all facts beside it the
   * rest of 6,000; hidden characters take more than they count here. One that does not fit is not shown in part, and nobody
   * can approve it.
   */
  longestCommand: 3000,
  /** One new message a second and channel: five in five seconds is what Discord's answers say today. */
  postEveryMs: 1000,
  editEveryMs: 1500,
  /** Messages read at a time, and in all, to find out whether a doubtful post arrived. */
  readPage: 100,
  lookBack: 200,
  /** How long the token of an interaction can show something to one person: fifteen minutes. */
  interactionTokenMs: 15 * 60_000,
} as const;
