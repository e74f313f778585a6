import type { RecommendationId } from '../ids.ts';
import type { Verdict } from '../learning/verdict.ts';
import type { Reply } from '../reply.ts';

export interface VerdictView {
  readonly recommendationId: RecommendationId;
  readonly title: string;
  /** How the run ended, as a sentence; empty for a case, which is not run. */
  readonly ending: string;
  readonly votes: readonly { readonly name: string; readonly verdict: Verdict }[];
}

const labels = { worked: '👍', partly: '🤔', failed: '👎' } as const satisfies Record<Verdict, string>;

/** "Did this solve it?", with who said what so far. */
export function verdictCard({ recommendationId: id, title, ending, votes }: VerdictView): Reply {
  const said = votes.map(({ name, verdict }) => `${labels[verdict]} ${name}`).join(', ');
  return {
    summary: `Did this solve it? ${title}`,
    tone: votes.some(({ verdict }) => verdict === 'worked') ? 'good' : 'waiting',
    blocks: [
      { kind: 'heading', text: 'Did this solve it?' },
      { kind: 'text', line: [{ kind: 'bold', text: title }, ending === '' ? '' : `: ${ending}`] },
      {
        kind: 'buttons',
        buttons: [
          { action: { verb: 'worked', id }, label: '👍 Yes', style: 'primary' },
          { action: { verb: 'partly', id }, label: '🤔 Partly', style: 'plain' },
          { action: { verb: 'failed', id }, label: '👎 No', style: 'plain' },
        ],
      },
      {
        kind: 'note',
        line: [
          said === ''
            ? 'One vote a person; press another to change yours.'
            : `Votes: ${said}. Press another to change yours.`,
        ],
      },
    ],
  };
}
