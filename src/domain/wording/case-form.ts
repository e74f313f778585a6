import type { Form, FormField, FormValues } from '../reply.ts';
import type { Case } from '../solution.ts';
import { ownValue } from '../text/own-value.ts';

/** The parts of a case that a person fills in. */
export type CaseDraft = Pick<
  Case,
  'title' | 'symptoms' | 'rootCause' | 'resolution' | 'steps' | 'validation' | 'tags'
>;

/** More than this nobody checks in a dialog; what is pre-filled keeps to it. */
export const longestDraftText = 2_900;
const longestTitle = 150;

/** The form that makes a case of a thread, pre-filled with what is known. */
export function caseForm(thread: string, draft: CaseDraft): Form {
  return {
    action: { verb: 'save-case', id: thread },
    title: 'Save as case',
    intro: 'It is shown to whoever has the same problem next. Take out what others should not see.',
    fields: [
      one('title', 'Title', 'What was wrong, in a few words.', draft.title, true),
      many(
        'symptoms',
        'Symptoms',
        'What was seen, with the words of the alert or the error.',
        draft.symptoms,
      ),
      many('root_cause', 'Root cause', 'Why it happened, if you know.', draft.rootCause),
      many('resolution', 'What fixed it', 'So that somebody else can do it again.', draft.resolution, true),
      many('steps', 'Steps', 'What was run and what it said.', draft.steps ?? ''),
      many('validation', 'How it was checked', 'How you saw that it was fixed.', draft.validation),
      one('tags', 'Tags', 'Separated by commas.', draft.tags.join(', ')),
    ],
    submitLabel: 'Save',
  };
}

const one = (name: string, label: string, hint: string, initial: string, required = false): FormField => ({
  ...{ name, label, hint, initial, required },
  kind: 'text',
  lines: 'one',
});

const many = (name: string, label: string, hint: string, initial: string, required = false): FormField => ({
  ...one(name, label, hint, initial, required),
  kind: 'text',
  lines: 'many',
});

/** What is missing or too long, one sentence a field. */
export function caseProblems(values: FormValues): Readonly<Record<string, string>> {
  const problems: Record<string, string> = {};
  if (textOf(values, 'title') === '') problems.title = 'Say in a few words what was wrong.';
  if (textOf(values, 'title').length > longestTitle)
    problems.title = `Keep the title below ${longestTitle} characters.`;
  if (textOf(values, 'resolution') === '') problems.resolution = 'Say what fixed it, or what did not help.';
  return problems;
}

export function readCase(values: FormValues): CaseDraft {
  const tags = textOf(values, 'tags')
    .split(',')
    .map((tag) => tag.trim());
  return {
    title: textOf(values, 'title'),
    symptoms: textOf(values, 'symptoms'),
    rootCause: textOf(values, 'root_cause'),
    resolution: textOf(values, 'resolution'),
    steps: textOf(values, 'steps'),
    validation: textOf(values, 'validation'),
    tags: [...new Set(tags)].filter((tag) => tag !== ''),
  };
}

const textOf = (values: FormValues, name: string): string => (ownValue(values, name) ?? '').trim();
