import { createBashCommandParser } from '#adapters/shell-syntax/create-bash-command-parser.ts';
import { markMessages } from '#domain/capture/draft-thread.ts';
import { findRuns, readAll } from '#domain/capture/find-runs.ts';
import type { ReadMessage } from '#domain/capture/mentions.ts';
import { plainText } from '#domain/capture/plain-text.ts';
import { createIsChange } from '#domain/capture/step-kind.ts';
import type { MarkedMessage } from '#domain/capture/thread-marks.ts';
import { createRedactor } from '#domain/redaction/redact.ts';
import { readThreadFixtures, type ThreadFixture } from '#test/support/capture/thread-fixtures.ts';
import { readThreadRoles } from '#test/support/capture/thread-roles.ts';

/** A thread with its marks, and the messages that a careful person would point to. */
export interface LearntThread {
  readonly set: string;
  readonly name: string;
  readonly marked: readonly MarkedMessage[];
  readonly read: readonly ReadMessage[];
  readonly resolvedAt: number | null;
  readonly outcomes: ThreadFixture['outcomes'];
  readonly causes: readonly (string | null)[];
  readonly fixes: readonly (string | null)[];
  readonly confirmations: readonly (string | null)[];
  /** What each message does; null where nobody has said it of this thread, none of a message of which nobody has. */
  readonly roles: readonly (readonly string[])[] | null;
}

export async function readLearntThreads(sets: readonly string[]): Promise<readonly LearntThread[]> {
  const { parse } = await createBashCommandParser();
  const isChange = createIsChange(parse);
  const redact = createRedactor([]);
  const rolesOf = readThreadRoles();
  const learn = (set: string, fixture: ThreadFixture): LearntThread => {
    const { platform, resolvedAt, messages: written } = fixture.thread;
    const messages = written.map((one) => ({ ...one, text: redact(plainText(platform, one.text)) }));
    const read = readAll(messages);
    return {
      set,
      name: fixture.name,
      marked: markMessages(messages, read, findRuns(messages, read), isChange),
      read,
      resolvedAt,
      outcomes: fixture.outcomes,
      causes: fixture.toldIn.rootCause,
      fixes: fixture.toldIn.resolution,
      confirmations: confirmationsOf(fixture),
      roles: rolesOf(set, fixture.name),
    };
  };
  return sets.flatMap((set) => readThreadFixtures(set).map((fixture) => learn(set, fixture)));
}

/** The expected durations say which messages confirm: those that were written then; null where a careful person may see none. */
const confirmationsOf = ({ thread, durations }: ThreadFixture): readonly (string | null)[] => [
  ...thread.messages
    .filter(({ at }) => durations.includes(Math.round((at - thread.startedAt) / 60_000)))
    .map(({ id }) => id),
  ...(durations.includes(null) ? [null] : []),
];
