import type { ThreadDraft } from '#domain/capture/thread-draft.ts';
import type { ThreadFixture } from './thread-fixtures.ts';

/** How a draft compares with what a careful person would have written. */
export interface JudgedDraft {
  readonly missed: readonly string[];
  readonly invented: readonly string[];
  readonly right: number;
  readonly cause: boolean;
  readonly fix: boolean;
  readonly outcome: boolean;
  readonly duration: boolean;
  readonly leaked: readonly string[];
}

export function judgeDraft(
  { thread, expected, toldIn, outcomes, durations, secrets }: ThreadFixture,
  draft: ThreadDraft,
  redact: (text: string) => string,
): JudgedDraft {
  const wanted = expected.steps.map(({ command }) => redact(command));
  const found = draft.steps.map(({ command }) => command);
  const missed = without(wanted, found);
  const told = (text: string | null, ids: readonly (string | null)[]) =>
    ids.some((id) =>
      id === null || text === null
        ? id === text
        : isFrom(text, redact(thread.messages.find((one) => one.id === id)?.text ?? '')),
    );
  const written = JSON.stringify(draft);
  return {
    missed,
    invented: without(found, wanted),
    right: wanted.length - missed.length,
    cause: told(draft.rootCause, toldIn.rootCause),
    fix: told(draft.resolution, toldIn.resolution),
    outcome: outcomes.includes(draft.outcome),
    duration: durations.includes(draft.durationMinutes),
    leaked: secrets.filter((secret) => written.includes(JSON.stringify(secret).slice(1, -1))),
  };
}

/** What is left of `all` when each of `some` takes one away. */
function without(all: readonly string[], some: readonly string[]): readonly string[] {
  const rest = [...all];
  for (const one of some) if (rest.includes(one)) rest.splice(rest.indexOf(one), 1);
  return rest;
}

const isFrom = (text: string, message: string): boolean => wordsOf(message).includes(wordsOf(text));
const wordsOf = (text: string): string =>
  text
    .replace(/&(?:lt|gt|amp);/g, ' ')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
