import { createBashCommandParser } from '#adapters/shell-syntax/create-bash-command-parser.ts';
import { markMessages } from '#domain/capture/draft-thread.ts';
import { findRuns, readAll } from '#domain/capture/find-runs.ts';
import type { ReadMessage } from '#domain/capture/mentions.ts';
import type { Marks } from '#domain/capture/message-marks.ts';
import { plainText } from '#domain/capture/plain-text.ts';
import { type MarkedMessage, marksInThread, marksOfThread } from '#domain/capture/thread-marks.ts';
import { createRedactor } from '#domain/redaction/redact.ts';
import { readThreadFixtures, type ThreadFixture } from '#test/support/capture/thread-fixtures.ts';

/** A thread with its marks, and the messages that a careful person would point to. */
export interface LearntThread {
  readonly set: string;
  readonly marked: readonly MarkedMessage[];
  readonly read: readonly ReadMessage[];
  readonly isMarkedResolved: boolean;
  readonly marks: Marks;
  readonly outcomes: ThreadFixture['outcomes'];
  readonly causes: readonly (string | null)[];
  readonly fixes: readonly (string | null)[];
  readonly confirmations: readonly string[];
  readonly messages: readonly { readonly id: string; readonly isBot: boolean; readonly marks: Marks }[];
}

export async function readLearntThreads(sets: readonly string[]): Promise<readonly LearntThread[]> {
  const { parse } = await createBashCommandParser();
  const redact = createRedactor([]);
  const learn = (set: string, fixture: ThreadFixture): LearntThread => {
    const { platform, resolvedAt, messages: written } = fixture.thread;
    const messages = written.map((one) => ({ ...one, text: redact(plainText(platform, one.text)) }));
    const read = readAll(messages);
    const marked = markMessages(messages, read, findRuns(messages, read), parse);
    const inThread = marksInThread(marked);
    return {
      set,
      marked,
      read,
      isMarkedResolved: resolvedAt !== null,
      marks: marksOfThread(marked, resolvedAt !== null),
      outcomes: fixture.outcomes,
      causes: fixture.toldIn.rootCause,
      fixes: fixture.toldIn.resolution,
      confirmations: confirmationsOf(fixture),
      messages: messages.map(({ id, isBot }, at) => ({ id, isBot, marks: inThread[at] ?? new Map() })),
    };
  };
  return sets.flatMap((set) => readThreadFixtures(set).map((fixture) => learn(set, fixture)));
}

/** The expected duration says which message confirms: the one that was written then. */
const confirmationsOf = ({ thread, expected }: ThreadFixture): readonly string[] =>
  thread.messages
    .filter(({ at }) => Math.round((at - thread.startedAt) / 60_000) === expected.durationMinutes)
    .map(({ id }) => id);
