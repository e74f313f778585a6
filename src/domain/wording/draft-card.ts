import { draftLimits } from '../case-draft/draft-limits.ts';
import type { PostId } from '../ids.ts';
import type { Person } from '../person.ts';
import type { Block, Line, Reply } from '../reply.ts';
import type { CaseDraft } from './case-form.ts';
import { formatTime, oneLine } from './format.ts';
import { writePlace } from './place-text.ts';

/** Said in a thread before anything is drafted from it. */
export function recordingNote(): Reply {
  const summary = 'What is said in this thread is recorded for a case';
  return {
    summary,
    tone: 'plain',
    blocks: [
      {
        kind: 'note',
        line: [
          `⏺ ${summary}: once this is resolved and quiet, I read the thread, mask its secrets and propose a case here. It is shown to others only after somebody approves it. `,
          code('/recourse forget'),
          ' deletes your words. An administrator ends this with ',
          code('/recourse mode suggest'),
          '.',
        ],
      },
    ],
  };
}

export interface DraftAbout {
  readonly thread: string;
  readonly postId: PostId;
  /** Milliseconds since the epoch. */
  readonly lapsesAt: number;
  /** False where the thread was longer than is read. */
  readonly isWhole: boolean;
  /** It was saved before, and has at its end what was done since. */
  readonly isNext: boolean;
  /** The model and prompt that worded it; undefined for the words of the thread. */
  readonly by: string | undefined;
}

/** A case that nobody asked for, as it waits for a person. It cannot be approved without what fixed it. */
export function draftCard(draft: CaseDraft, about: DraftAbout): Reply {
  const { thread, postId, isNext } = about;
  const what = isNext ? 'Draft of a new version of the case' : 'Draft of a case';
  const summary = `${what}: ${draft.title}`;
  const isComplete = draft.title !== '' && draft.resolution !== '';
  const shown = fieldsOf(draft);
  const steps = draft.steps?.trim() ?? '';
  return {
    summary,
    tone: 'waiting',
    blocks: [
      {
        kind: 'text',
        line: [`📝 This looks resolved${isNext ? ' again' : ''}. ${what}: `, bold(draft.title)],
      },
      { kind: 'fields', fields: shown.map(({ name, text }) => ({ name, value: [cut(text)] })) },
      ...(steps === '' ? [] : [{ kind: 'code', role: 'output', text: cutSteps(steps) } as const]),
      note(...notes(draft, { ...about, isComplete })),
      {
        kind: 'buttons',
        buttons: [
          ...(isComplete
            ? ([
                { action: { verb: 'approve-draft', id: postId }, label: 'Approve', style: 'primary' },
              ] as const)
            : []),
          { action: { verb: 'save-case', id: thread }, label: 'Edit', style: 'plain' },
          { action: { verb: 'discard-draft', id: postId }, label: 'Discard', style: 'danger' },
        ],
      },
    ],
  };
}

/** Characters that the card shows of a text; the form shows all of it. */
const shownOfText = 600;
const shownOfSteps = 1_200;

const cut = (text: string): string =>
  text.length <= shownOfText ? text : `${text.slice(0, shownOfText).toWellFormed()}…`;
const cutSteps = (text: string): string =>
  text.length <= shownOfSteps ? text : `${text.slice(0, shownOfSteps).toWellFormed()}\n…`;

function fieldsOf(draft: CaseDraft): readonly { readonly name: string; readonly text: string }[] {
  const all = [
    { name: 'Symptoms', text: draft.symptoms },
    { name: 'Root cause', text: draft.rootCause },
    { name: 'What fixed it', text: draft.resolution || 'Nobody said it in so many words.' },
    { name: 'How it was checked', text: draft.validation },
    { name: 'Where it applies', text: writePlace(draft.appliesTo) },
    { name: 'Tags', text: draft.tags.join(', ') },
    { name: 'Minutes it took', text: draft.tookMinutes === null ? '' : String(draft.tookMinutes) },
    { name: 'Who took part', text: draft.people.join(', ') },
  ];
  return all.filter(({ text }) => text !== '');
}

function notes(
  draft: CaseDraft,
  about: Pick<DraftAbout, 'isWhole' | 'isNext' | 'lapsesAt' | 'by'> & { readonly isComplete: boolean },
): Line {
  const isCut =
    fieldsOf(draft).some(({ text }) => text.length > shownOfText) ||
    (draft.steps?.trim().length ?? 0) > shownOfSteps;
  return [
    [
      about.isNext
        ? 'Until somebody approves it, others are shown the case as it was saved.'
        : 'Nobody else is shown this until somebody approves it.',
      ...(about.by === undefined
        ? []
        : [`Worded by ${about.by}; the commands and their output are as they were. Check it.`]),
      ...(about.isComplete ? [] : ['It needs what fixed it: press Edit.']),
      ...(isCut ? ['It is longer than shown here: Edit shows all of it.'] : []),
      ...(about.isWhole ? [] : ['The thread is long: not all of it was read.']),
      `Without an answer it lapses on ${formatTime(about.lapsesAt)}.`,
    ].join(' '),
  ];
}

/** What became of a draft. */
export type DraftFate =
  | { readonly kind: 'saved' | 'discarded'; readonly by: Pick<Person, 'externalId' | 'name'> }
  | { readonly kind: 'forgotten' }
  | { readonly kind: 'lapsed' | 'back' };

/** In place of the card of a draft once it waits no more. Of what was drafted only the title is left, and not even that where somebody's words are forgotten. */
export function decidedDraftCard(title: string, fate: DraftFate, thread: string): Reply {
  const about = fate.kind === 'forgotten' ? [] : [bold(oneLine(title, draftLimits.text))];
  const line = lineOf(fate);
  const summary = `${summaries[fate.kind]}${fate.kind === 'forgotten' ? '' : `: ${title}`}`;
  return {
    summary,
    tone: 'plain',
    blocks: [{ kind: 'text', line: [...line, ...about] }, ...againButton(fate, thread)],
  };
}

const summaries = {
  saved: 'This draft was saved as a case',
  discarded: 'This draft was discarded',
  lapsed: 'This draft has lapsed',
  back: 'This draft was withdrawn',
  forgotten: 'This draft was withdrawn',
} as const satisfies Record<DraftFate['kind'], string>;

function lineOf(fate: DraftFate): Line {
  switch (fate.kind) {
    case 'saved':
      return ['📝 ', person(fate.by), ' saved this draft as a case: '];
    case 'discarded':
      return ['🗑 ', person(fate.by), ' discarded this draft: '];
    case 'lapsed':
      return ['⌛ Nobody decided on this draft in time, so it was not kept: '];
    case 'back':
      return ['↩ The problem is back, so this draft was withdrawn: '];
    case 'forgotten':
      return ['This draft was withdrawn: somebody whose words it was made from had them deleted.'];
  }
}

/** What is only not kept can be saved by hand. */
function againButton({ kind }: DraftFate, thread: string): readonly Block[] {
  if (kind !== 'lapsed' && kind !== 'discarded') return [];
  const action = { verb: 'save-case', id: thread } as const;
  return [{ kind: 'buttons', buttons: [{ action, label: 'Save as case', style: 'plain' }] }];
}

const note = (...line: Line): Block => ({ kind: 'note', line });
const bold = (text: string) => ({ kind: 'bold', text }) as const;
const code = (text: string) => ({ kind: 'code', text }) as const;
const person = ({ externalId, name }: Pick<Person, 'externalId' | 'name'>) =>
  ({ kind: 'person', externalId, name }) as const;
