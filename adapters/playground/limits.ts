/** Every limit of the playground, in one place. Sizes are characters (code points) where nothing else is said. */
export const limits = {
  longestMessage: 40_000,
  /** A page can show and scroll any command; beyond this nobody would read it before approving. */
  longestCommand: 10_000,
  /** Bytes of a request. Far above a message of the longest size, so that one too long is answered with its length. */
  largestRequest: 4_000_000,
  channelMessages: 100,
  threadMessages: 300,
  /** Changes that may wait for a slow page before it must read everything anew. */
  waitingChanges: 200,
  /** Milliseconds between signs of life on a live stream, below the idle time-outs of common proxies. */
  keepAliveMs: 15_000,
} as const;

/** The reactions the page offers. */
export const reactionChoices = ['👍', '👎', '🤔', '✅'] as const;
