import type { Context } from '../context.ts';
import type { Form, FormField, FormValues } from '../reply.ts';
import type { Case } from '../solution.ts';
import { ownValue } from '../text/own-value.ts';
import { readVisibility, type Visibility } from '../visibility/visibility.ts';
import { placeHint, readPlace, writePlace } from './place-text.ts';
import { visibilityHint } from './visibility-text.ts';

/** The parts of a case that a person fills in. */
export type CaseDraft = Omit<Case, 'owner' | 'tookMinutes' | 'people'> & {
  readonly tookMinutes: number | null;
  readonly people: readonly string[];
};

const longestTitle = 150;
const longestOwner = 80;

/**
 * What the fields of the form may be filled with, in characters. Where a form has few inputs, those from the steps on share one
 * of 4,000.
 */
export const caseRoom = {
  ...{ symptoms: 2_900, root_cause: 2_900, resolution: 2_900 },
  ...{ steps: 2_600, validation: 500, tags: 300, applies_to: 250, people: 150 },
} as const;

/** For whom the case is, and for whom it can be. */
export interface ChosenVisibility {
  readonly chosen: Visibility;
  readonly options: readonly Visibility[];
}

/** The form that makes a case of a thread, pre-filled with what is known; `note` says what is missing, if anything. */
export function caseForm(
  thread: string,
  draft: CaseDraft & Pick<Case, 'owner'>,
  { chosen, options }: ChosenVisibility,
  note = '',
): Form {
  return {
    action: { verb: 'save-case', id: thread },
    title: 'Save as case',
    intro:
      `It is shown to whoever has the same problem next. Take out what others should not see. ${note}`.trim(),
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
      one('applies_to', 'Where it applies', placeHint, writePlace(draft.appliesTo)),
      one('took', 'Minutes it took', 'From the first message to the fix.', String(draft.tookMinutes ?? '')),
      one('people', 'Who took part', 'Separated by commas.', draft.people.join(', ')),
      one('owner', 'Owner', 'Who answers for it, such as a name or @sre. Empty: you.', draft.owner),
      {
        ...{ name: 'visibility', label: 'Who is shown it', hint: visibilityHint, initial: chosen },
        ...{ required: false, kind: 'choice', options },
      },
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
  const place = readPlace(textOf(values, 'applies_to'));
  if (place.kind === 'wrong') problems.applies_to = place.why;
  if (!/^\d{0,6}$/.test(textOf(values, 'took')))
    problems.took = 'Give whole minutes, such as 42, or nothing.';
  if (textOf(values, 'owner').length > longestOwner)
    problems.owner = `Keep the owner below ${longestOwner} characters.`;
  return problems;
}

/** For whom the case is to be; undefined where the form did not ask. */
export const chosenVisibility = (values: FormValues): Visibility | undefined =>
  readVisibility(textOf(values, 'visibility'));

/** What a thread told of one part of a case after that was saved. */
export const laterLine = (text: string): string => `Later: ${text}`;

/** What the form of a saved case says of what was said in its thread since. */
export const nextVersionNote = (isWhole: boolean): string =>
  isWhole
    ? 'The thread went on since this was saved: what was done then stands at the end of each field. Saving makes a new version.'
    : 'The thread went on since this was saved. Not all that was done then has room in this form.';

export const unreadSinceNote =
  'The thread could not be read in time, so what was said since this was saved is not in here.';

export const staleCaseSentence =
  'The case was changed since the form was opened. Open it anew, or take the line about the rest out.';

/** Who is to answer for the case; empty where nobody is named. */
export const readOwner = (values: FormValues): string => textOf(values, 'owner');

/** `known` is where the incident is, for a form that did not ask. */
export function readCase(values: FormValues, known: Context): CaseDraft {
  const place = readPlace(textOf(values, 'applies_to'));
  const took = textOf(values, 'took');
  return {
    title: textOf(values, 'title'),
    symptoms: textOf(values, 'symptoms'),
    rootCause: textOf(values, 'root_cause'),
    resolution: textOf(values, 'resolution'),
    steps: textOf(values, 'steps'),
    validation: textOf(values, 'validation'),
    tags: listOf(values, 'tags'),
    appliesTo: ownValue(values, 'applies_to') === undefined || place.kind === 'wrong' ? known : place.context,
    tookMinutes: took === '' ? null : Number(took),
    people: listOf(values, 'people'),
  };
}

/** As it is kept: what says nothing is absent. */
export function caseOf({ tookMinutes, people, ...draft }: CaseDraft, owner: string): Case {
  return {
    ...draft,
    owner,
    ...(tookMinutes === null ? {} : { tookMinutes }),
    ...(people.length === 0 ? {} : { people }),
  };
}

const listOf = (values: FormValues, name: string): readonly string[] => {
  const parts = textOf(values, name)
    .split(',')
    .map((part) => part.trim());
  return [...new Set(parts)].filter((part) => part !== '');
};

const textOf = (values: FormValues, name: string): string => (ownValue(values, name) ?? '').trim();
