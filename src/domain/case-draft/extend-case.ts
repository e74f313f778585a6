import type { CaseDraft } from '../wording/case-form.ts';
import { caseRoom, laterLine } from '../wording/case-form.ts';

/** A case with what its thread tells since it was saved. */
export interface ExtendedCase {
  readonly draft: CaseDraft;
  /** False where its form had no room for all of it: then something stands only in the thread. */
  readonly isWhole: boolean;
}

/**
 * The next version of a case: as somebody saved it, with what was found, done and run since behind it. Nothing of what they
 * wrote is changed. Undefined where neither a fix nor a command is new.
 */
export function extendCase(saved: CaseDraft, since: CaseDraft): ExtendedCase | undefined {
  const steps = isTold(saved.steps, since.steps) ? '' : (since.steps ?? '');
  const resolution = isTold(saved.resolution, since.resolution) ? '' : since.resolution;
  if (steps === '' && resolution === '') return undefined;
  const added = {
    rootCause: behind(saved.rootCause, since.rootCause, 'root_cause', laterLine),
    resolution: behind(saved.resolution, resolution, 'resolution', laterLine),
    validation: behind(saved.validation, since.validation, 'validation', laterLine),
    steps: behind(saved.steps ?? '', steps, 'steps', (text) => text),
  };
  const texts = Object.fromEntries(Object.entries(added).map(([name, { text }]) => [name, text]));
  return {
    draft: {
      ...saved,
      ...(texts as Pick<CaseDraft, keyof typeof added>),
      tags: joined(saved.tags, since.tags, 'tags'),
      people: joined(saved.people, since.people, 'people'),
      tookMinutes: resolution === '' ? saved.tookMinutes : (since.tookMinutes ?? saved.tookMinutes),
    },
    isWhole: Object.values(added).every(({ fits }) => fits),
  };
}

const isTold = (saved: string | undefined, text: string | undefined): boolean =>
  (saved ?? '').includes((text ?? '').trim());

/** What its form could not show whole is left as it was. */
function behind(
  saved: string,
  text: string,
  field: keyof typeof caseRoom,
  write: (text: string) => string,
): { readonly text: string; readonly fits: boolean } {
  if (isTold(saved, text)) return { text: saved, fits: true };
  const whole = saved === '' ? text : `${saved.trimEnd()}\n${write(text)}`;
  return whole.length <= caseRoom[field] ? { text: whole, fits: true } : { text: saved, fits: false };
}

function joined(
  saved: readonly string[],
  more: readonly string[],
  field: keyof typeof caseRoom,
): readonly string[] {
  const all = [...new Set([...saved, ...more])];
  return all.join(', ').length <= caseRoom[field] ? all : saved;
}
