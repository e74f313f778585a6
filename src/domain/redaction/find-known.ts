import { createFormFinder } from './find-forms.ts';
import { knownForms } from './known-forms.ts';
import type { Span } from './span.ts';
import { unwrapped, withoutPercents } from './text-views.ts';

/** Pieces shorter than this stand together by accident when a line break is taken out. */
const shortestWrapped = 8;

/**
 * A finder of known secrets in every spelling of `knownForms`, also where a line break or an indentation was put into
 * one, and where only some of its characters are percent-encoded.
 */
export function createKnownFinder(secrets: Iterable<string>): (text: string) => readonly Span[] {
  const all = [...secrets];
  const forms = [...new Set(all.flatMap(knownForms))];
  if (forms.length === 0) return () => [];
  const find = createFormFinder(forms);
  const findLong = createFormFinder(
    forms.map(withoutBreaks).filter((form) => form.length >= shortestWrapped),
  );
  return (text) => {
    const joinedView = unwrapped(text);
    const plainView = withoutPercents(text);
    return [
      ...find.inText(text),
      ...(joinedView ? findLong.inView(joinedView) : []),
      ...(plainView ? find.inView(plainView) : []),
    ];
  };
}

function withoutBreaks(form: string): string {
  const view = unwrapped(form);
  return view ? String.fromCharCode(...view.codes) : form;
}
