import type { FormValues } from '#domain/reply.ts';
import { renderRunbook } from '#domain/runbook/render-runbook.ts';
import type { Runbook } from '#domain/runbook/runbook.ts';
import { completeRunbook } from '#domain/runbook-form/complete-runbook.ts';
import { type RunbookTexts, restoreParts } from '#domain/runbook-form/restore-parts.ts';
import { runbookParts } from '#domain/runbook-form/runbook-parts.ts';
import { sourceOfParts } from '#domain/runbook-form/source-of-parts.ts';
import { readPlace, writePlace } from '#domain/wording/place-text.ts';
import {
  longTitleSentence,
  noStepSentence,
  noTitleSentence,
  partProblems,
  staleSentence,
} from '#domain/wording/runbook-form.ts';
import type { Problem } from '#ports/runbook-parser.ts';
import type { Core } from './core.ts';

/** The runbook of a submitted form with its Markdown, which reads back as it, or what is wrong, one sentence a field. */
export type ReadForm =
  | { readonly kind: 'read'; readonly runbook: Runbook; readonly text: string }
  | { readonly kind: 'wrong'; readonly errors: Readonly<Record<string, string>> };

/** `drafted` is what the form was filled with, as `runbook` and as texts. */
export function readRunbookForm(
  { runbookParser }: Pick<Core, 'runbookParser'>,
  values: FormValues,
  drafted: { readonly runbook: Runbook; readonly texts: RunbookTexts },
): ReadForm {
  const { texts, stale } = restoreParts(values, drafted.texts);
  const place = placeOf(texts, drafted.runbook);
  const source = sourceOfParts({ ...texts, title: texts.title || 'Runbook' });
  const parsed = runbookParser.parse(source.text, 'form.md');
  const errors: Record<string, string> = {
    ...titleProblem(texts.title, drafted.texts.title),
    ...(parsed.kind === 'invalid' ? byPart(parsed.problems, source.placeOf) : stepProblem(parsed.runbook)),
    ...(place.kind === 'wrong' ? { applies_to: place.why } : {}),
    ...Object.fromEntries(stale.map((part) => [part, staleSentence])),
  };
  if (parsed.kind === 'invalid' || place.kind === 'wrong' || Object.keys(errors).length > 0)
    return { kind: 'wrong', errors };
  const text = renderRunbook(completeRunbook(parsed.runbook, texts, place.context, drafted.runbook));
  // What is kept is what its text says.
  const again = runbookParser.parse(text, 'form.md');
  return again.kind === 'runbook'
    ? { kind: 'read', runbook: again.runbook, text }
    : { kind: 'wrong', errors: { steps: partProblems(again.problems) } };
}

/** Labels may hold what would separate them in a line; one that nobody touched stays as it is. */
function placeOf({ applies_to: text }: RunbookTexts, { appliesTo }: Runbook): ReturnType<typeof readPlace> {
  const isSame = text === writePlace(appliesTo).trim();
  return isSame ? { kind: 'read', context: appliesTo } : readPlace(text);
}

function titleProblem(title: string, drafted: string): Readonly<Record<string, string>> {
  if (title === '') return { title: noTitleSentence };
  const isLong = title.length > runbookParts.title.longest && title !== drafted;
  return isLong ? { title: longTitleSentence } : {};
}

const stepProblem = ({ steps }: Runbook): Readonly<Record<string, string>> =>
  steps.length === 0 ? { steps: noStepSentence } : {};

function byPart(
  problems: readonly Problem[],
  placeOf: ReturnType<typeof sourceOfParts>['placeOf'],
): Readonly<Record<string, string>> {
  const placed = problems.map(({ line, message }) => ({ ...placeOf(line), message }));
  const grouped = Map.groupBy(placed, ({ part }) => part);
  return Object.fromEntries([...grouped].map(([part, own]) => [part, partProblems(own)]));
}
