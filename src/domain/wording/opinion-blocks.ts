import type { NoiseOpinion } from '../alert/noise-opinion.ts';
import type { Block } from '../reply.ts';
import { oneLine } from './format.ts';

/** What a model makes of the alerts of an incident. */
export interface ShownOpinion extends NoiseOpinion {
  readonly model: string;
  /** How many alerts it was told of: what joined later it does not know. */
  readonly of: number;
}

const longestModel = 60;
const longestReason = 160;

const words = { noise: 'probably noise', real: 'probably real' } as const;

/** An opinion beside what the past says, and marked as one; `total` is how many alerts there are by now. */
export function opinionBlocks(opinion: ShownOpinion | null, total: number): readonly Block[] {
  // That it cannot tell helps nobody to decide.
  if (opinion === null || opinion.opinion === 'unclear') return [];
  const { model, reason, of } = opinion;
  const part = of < total ? ` (of ${of} of ${total} alerts)` : '';
  const why = oneLine(reason, longestReason).replace(/\.$/, '');
  return [
    {
      kind: 'text',
      line: [
        `The model ${oneLine(model, longestModel)} thinks${part}: `,
        { kind: 'bold', text: words[opinion.opinion] },
        ` – ${why}; nobody has checked it.`,
      ],
    },
  ];
}
