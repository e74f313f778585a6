import type { RecommendationId } from '../ids.ts';
import type { Form } from '../reply.ts';

/** One comment a person; `present` is what they said before. */
export function commentForm(id: RecommendationId, title: string, present: string): Form {
  return {
    action: { verb: 'comment', id },
    title: 'Comment',
    intro: `How did it go with ${title}? Everybody in the thread sees it.`,
    fields: [
      {
        name: 'comment',
        label: 'Comment',
        hint: 'What was missing or wrong, what you did besides.',
        initial: present,
        required: true,
        kind: 'text',
        lines: 'many',
      },
    ],
    submitLabel: 'Save',
  };
}
