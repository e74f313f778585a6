import type { KnownHost } from '../message/recognise-context.ts';
import type { CommandTree } from '../risk/command-tree.ts';
import { topicsIn } from './applications.ts';
import { findPlace } from './find-place.ts';
import { findRuns, type Run, readAll } from './find-runs.ts';
import { findSymptoms } from './find-symptoms.ts';
import type { ReadMessage } from './mentions.ts';
import { marksOfMessage } from './message-marks.ts';
import { plainText } from './plain-text.ts';
import { createIsChange, kindsOf } from './step-kind.ts';
import { tellStory } from './tell-story.ts';
import type { IncidentThread, ThreadMessage } from './thread.ts';
import type { DraftedStep, ThreadDraft } from './thread-draft.ts';
import type { MarkedMessage } from './thread-marks.ts';

/** Characters of output that are kept of each step: its end, where errors stand. */
const outputKept = 1_000;

/** Characters of a message that are read: the most that Slack keeps. */
const longestMessage = 40_000;

export interface DraftNeeds {
  readonly parse: (text: string) => CommandTree;
  /** Masks secrets; the draft holds nothing that did not go through it. */
  readonly redact: (text: string) => string;
  /** Machines that are known by name. */
  readonly hosts: readonly KnownHost[];
}

/**
 * The case that a thread tells, by rules alone: what people and bots wrote, never more. Everything is redacted before
 * it is read. The same thread always gives the same draft.
 */
export function draftThread(thread: IncidentThread, { parse, redact, hosts }: DraftNeeds): ThreadDraft {
  const messages = thread.messages.map((one) => ({
    ...one,
    text: redact(plainText(thread.platform, one.text)).slice(0, longestMessage),
  }));
  const read = readAll(messages);
  const runs = findRuns(messages, read);
  const isChange = createIsChange(parse);
  const story = tellStory(markMessages(messages, read, runs, isChange), read, thread.resolvedAt);
  const place = placeOf(messages, read, runs, hosts);
  return {
    symptoms: findSymptoms(messages, read, runs[0]?.at ?? messages.length),
    context: place,
    steps: stepsOf(runs, read, isChange),
    rootCause: story.cause,
    resolution: story.fix,
    validation: story.confirmed?.text ?? null,
    outcome: story.outcome,
    durationMinutes: story.confirmed && minutesUntil(thread, story.confirmed.at),
    tags: tagsOf(place, messages, runs),
  };
}

/** Each message with what speaks in it for one thing or another. */
export function markMessages(
  messages: readonly ThreadMessage[],
  read: readonly ReadMessage[],
  runs: readonly Run[],
  isChange: (command: string) => boolean,
): readonly MarkedMessage[] {
  const changing = runs.filter(({ command }) => isChange(command));
  const [ran, changed] = [runs, changing].map((some) => Map.groupBy(some, ({ at }) => at));
  const proposed = new Set(changing.map(({ proposedAt }) => proposedAt));
  return messages.map((message, at) => {
    const deeds = {
      ran: ran?.get(at)?.length ?? 0,
      changed: changed?.get(at)?.length ?? 0,
      proposed: proposed.has(at),
    };
    return { message, own: marksOfMessage(message, read[at] ?? nothingRead, deeds) };
  });
}

const nothingRead: ReadMessage = { mentions: [], prose: '', texts: [] };

function placeOf(
  messages: readonly ThreadMessage[],
  read: readonly ReadMessage[],
  runs: readonly Run[],
  hosts: readonly KnownHost[],
) {
  const spoken = messages.map(({ isBot, text }, at) => (isBot ? text : (read[at]?.prose ?? '')));
  return findPlace(spoken, read, runs, hosts);
}

function stepsOf(
  runs: readonly Run[],
  read: readonly ReadMessage[],
  isChange: (command: string) => boolean,
): readonly DraftedStep[] {
  const undoing =
    /\b(?:put (?:it|them|that) back|revert\w*|undid|undo|back out|backed out|roll(?:ed|ing)? (?:it )?back)\b/i;
  const commands = runs.map(({ command, at }) => ({
    command,
    isUndoing: undoing.test(read[at]?.prose ?? ''),
  }));
  const kinds = kindsOf(commands, isChange);
  return runs.map(({ command, output, exitCode }, index) => ({
    command,
    kind: kinds[index] ?? 'diagnostic',
    output: output === null ? null : output.slice(-outputKept).toWellFormed(),
    exitCode,
  }));
}

const minutesUntil = ({ startedAt, messages }: IncidentThread, at: number): number | null => {
  const end = messages[at]?.at;
  return end === undefined ? null : Math.max(0, Math.round((end - startedAt) / 60_000));
};

function tagsOf(
  place: ThreadDraft['context'],
  messages: readonly ThreadMessage[],
  runs: readonly Run[],
): readonly string[] {
  const text = [...messages.slice(0, 4).map((one) => one.text), ...runs.map(({ command }) => command)].join(
    '\n',
  );
  const tags = [place.application, place.service, ...topicsIn(text)];
  return [...new Set(tags.filter((tag) => tag !== null))];
}
