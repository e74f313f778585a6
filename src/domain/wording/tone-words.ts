import type { Tone } from '../reply.ts';

/** A tone is never colour alone: each but `plain` has a sign and a word. */
export const toneWords: Readonly<Record<Tone, { readonly sign: string; readonly word: string } | undefined>> =
  {
    plain: undefined,
    waiting: { sign: '‖', word: 'Waiting for a person' },
    active: { sign: '▶', word: 'In progress' },
    good: { sign: '✓', word: 'Good' },
    bad: { sign: '✕', word: 'Problem' },
  };
