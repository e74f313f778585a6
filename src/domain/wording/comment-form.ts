import type { PostId, RecommendationId } from '../ids.ts';
import { accuracies, outcomes, type Said, stars } from '../learning/report.ts';
import type { Form, FormField, FormValues } from '../reply.ts';
import { clipText } from '../shortening/clip-text.ts';
import { ownValue } from '../text/own-value.ts';

/** A menu cannot be emptied again on every platform, so leaving an answer out is one of the options. */
const unsaid = 'not said';

const choices = { outcome: outcomes, accuracy: accuracies, stars } as const;

/** Characters a field. Each comes back pre-filled, and three of them share one input where there are few. */
const longest = { comment: 2_900, fixed_by: 2_900, by_hand: 1_000, missing: 1_000, better: 1_000 } as const;

/** One form a person; `present` is what they said before. */
export function commentForm(id: RecommendationId, title: string, { text, report }: Said): Form {
  return {
    action: { verb: 'comment', id },
    title: 'Comment',
    intro: `How did it go with ${title}? Say as much as you like. Everybody in the thread sees it.`,
    fields: [
      choice('outcome', 'What came of it?', 'Counts as your vote.', report.outcome),
      choice('accuracy', 'How well did the answer fit?', '', report.accuracy),
      many('comment', 'Comment', 'What was wrong, what you did besides.', text),
      many('fixed_by', 'What actually fixed it', 'If it was something else.', report.fixedBy),
      many(
        'by_hand',
        'Steps done by hand',
        'What no step did. Its commands are proposed as steps.',
        report.byHand,
      ),
      many('missing', 'What was missing', '', report.missing),
      many('better', 'How could this runbook be better?', '', report.better),
      choice('stars', 'Stars', '1 is poor, 5 is very good.', report.stars),
    ],
    submitLabel: 'Save',
  };
}

/** The same about an answer as a whole: nothing was used, so nothing came of it. */
export function answerForm(id: PostId, { text, report }: Said): Form {
  return {
    action: { verb: 'comment', id },
    title: 'Comment',
    intro: 'What would have been a good answer? Say as much as you like. Everybody in the thread sees it.',
    fields: [
      choice('accuracy', 'How well did the answer fit?', '', report.accuracy),
      many('comment', 'Comment', 'What you were looking for.', text),
      many(
        'fixed_by',
        'What actually fixed it',
        'It is proposed when this is saved as a case.',
        report.fixedBy,
      ),
      many('missing', 'What was missing', '', report.missing),
      choice('stars', 'Stars', '1 is poor, 5 is very good.', report.stars),
    ],
    submitLabel: 'Save',
  };
}

const choice = (
  name: keyof typeof choices,
  label: string,
  hint: string,
  present: string | undefined,
): FormField => ({
  ...{ name, label, hint, initial: present ?? unsaid, required: false },
  kind: 'choice',
  options: [unsaid, ...choices[name]],
});

const many = (
  name: keyof typeof longest,
  label: string,
  hint: string,
  present: string | undefined,
): FormField => ({
  ...{ name, label, hint, initial: present ?? '', required: false },
  kind: 'text',
  lines: 'many',
});

/** What is wrong, one sentence a field; to say nothing at all is wrong too. */
export function commentProblems(values: FormValues): Readonly<Record<string, string>> {
  const problems: Record<string, string> = {};
  for (const [name, options] of Object.entries(choices)) {
    const value = textOf(values, name);
    if (value !== '' && !options.some((option) => option === value))
      problems[name] = `Say one of ${options.join(', ')}, or ${unsaid}.`;
  }
  for (const [name, most] of Object.entries(longest))
    if (textOf(values, name).length > most) problems[name] = `Keep it to ${most} characters at most.`;
  const names = [...Object.keys(choices), ...Object.keys(longest)];
  if (names.every((name) => textOf(values, name) === '')) problems.comment = 'Write something first.';
  return problems;
}

/** The values of a form without problems; `clean` masks what nobody may read. */
export function readSaid(values: FormValues, clean: (text: string) => string): Said {
  // What stands for a secret may be longer than the secret was.
  const written = (name: keyof typeof longest): string =>
    clipText(clean(textOf(values, name)), longest[name]);
  const report = {
    outcome: oneOf(outcomes, textOf(values, 'outcome')),
    accuracy: oneOf(accuracies, textOf(values, 'accuracy')),
    stars: oneOf(stars, textOf(values, 'stars')),
    fixedBy: written('fixed_by'),
    byHand: written('by_hand'),
    missing: written('missing'),
    better: written('better'),
  };
  const given = Object.entries(report).filter(([, value]) => value !== undefined && value !== '');
  return { text: written('comment'), report: Object.fromEntries(given) };
}

const oneOf = <T extends string>(options: readonly T[], value: string): T | undefined =>
  options.find((option) => option === value);

function textOf(values: FormValues, name: string): string {
  const value = (ownValue(values, name) ?? '').trim();
  return value === unsaid && Object.hasOwn(choices, name) ? '' : value;
}
