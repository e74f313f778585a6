const ticks = new Set(['✅', '✔', '☑', 'white_check_mark', 'heavy_check_mark', 'ballot_box_with_check']);

/** Whether a reaction says that something is done, by the platform's name of it or its character. */
export function isTick(emoji: string): boolean {
  return ticks.has(emoji.replace(/^:|:$|\uFE0F/g, ''));
}
