import type { Verdict } from './verdict.ts';

/** Platform names and characters that mean a verdict; skin tones are cut off before the look-up. */
const meanings: Readonly<Record<string, Verdict>> = {
  '👍': 'worked',
  '+1': 'worked',
  thumbsup: 'worked',
  '✅': 'worked',
  white_check_mark: 'worked',
  '👎': 'failed',
  '-1': 'failed',
  thumbsdown: 'failed',
  '🤔': 'partly',
  thinking_face: 'partly',
  thinking: 'partly',
};

/** The verdict that a reaction stands for; undefined for every other reaction. */
export function verdictOfEmoji(emoji: string): Verdict | undefined {
  const plain = emoji.replace(/[\u{1F3FB}-\u{1F3FF}\uFE0F]/gu, '').replace(/::skin-tone-\d$/, '');
  return meanings[plain];
}
