import { existsSync, readdirSync, readFileSync } from 'node:fs';
import type { IncidentThread, ThreadMessage } from '#domain/capture/thread.ts';
import type { ThreadDraft } from '#domain/capture/thread-draft.ts';
import { createRandom } from '#test/support/random.ts';
import { makeSecret } from '#test/support/redaction/make-secret.ts';

/** A thread as a platform's export has it, which is also what `recourse case draft` reads. */
export interface ThreadFile extends Omit<IncidentThread, 'startedAt' | 'resolvedAt' | 'messages'> {
  readonly startedAt: string;
  readonly resolvedAt: string | null;
  readonly messages: readonly (Omit<ThreadMessage, 'at'> & { readonly at: string })[];
}

export interface ThreadFixture {
  readonly name: string;
  readonly file: ThreadFile;
  readonly thread: IncidentThread;
  readonly expected: ThreadDraft;
  /** The messages that tell the cause and the fix, the best first; null where a careful person may say that none does. */
  readonly toldIn: {
    readonly rootCause: readonly (string | null)[];
    readonly resolution: readonly (string | null)[];
  };
  /** Outcomes that a careful person may see in it. */
  readonly outcomes: readonly ThreadDraft['outcome'][];
  /** Minutes after which a careful person may see it confirmed, the best first; null where nothing was. */
  readonly durations: readonly (number | null)[];
  /** What stands in the thread and must be in no draft. */
  readonly secrets: readonly string[];
}

/** Sets by which the weights of src/domain/capture/fitted are fitted, and those that no weight has seen. */
export const threadSets = {
  fitted: [
    'threads',
    'threads-second',
    'threads-third',
    'threads-fourth',
    'threads-fifth',
    'threads-sixth',
    'threads-seventh',
    'threads-eighth',
    'threads-ninth',
    'threads-tenth',
    'threads-eleventh',
    'threads-twelfth',
    'threads-thirteenth',
    'threads-fourteenth',
    'threads-fifteenth',
    'threads-sixteenth',
    'threads-seventeenth',
    'threads-eighteenth',
    'threads-nineteenth',
    'threads-twentieth',
    'threads-twenty-first',
    'threads-twenty-second',
  ],
  unseen: [],
} as const satisfies Readonly<Record<string, readonly string[]>>;

const folder = new URL('../../fixtures/', import.meta.url);

/** What a file holds of a thread. `also` are further answers that a second expert could give. */
interface WrittenThread {
  readonly thread: ThreadFile;
  readonly expected: ThreadDraft;
  readonly toldIn: { readonly rootCause: string | null; readonly resolution: string | null };
  readonly also?: {
    readonly rootCause?: readonly (string | null)[];
    readonly resolution?: readonly (string | null)[];
    readonly outcome?: readonly ThreadDraft['outcome'][];
    readonly durationMinutes?: readonly (number | null)[];
  };
}

/** All threads of a set: a folder of files, or a file with a thread a line. `«kind»` becomes a secret of that kind; the same mark is the same secret. */
export const readThreadFixtures = (name: string): readonly ThreadFixture[] =>
  sourcesOf(name).map(({ file, source }, index) => readFixture(file, source, createRandom(index + 1)));

function sourcesOf(name: string): readonly { readonly file: string; readonly source: string }[] {
  const lines = new URL(`${name}.jsonl`, folder);
  if (existsSync(lines))
    return readFileSync(lines, 'utf8')
      .trimEnd()
      .split('\n')
      .map((source, index) => ({ file: `${name}:${index + 1}`, source }));
  return readdirSync(new URL(`${name}/`, folder))
    .toSorted()
    .map((file) => ({ file, source: readFileSync(new URL(`${name}/${file}`, folder), 'utf8') }));
}

function readFixture(name: string, source: string, random: () => number): ThreadFixture {
  const secrets = new Map<string, string>();
  const text = source.replace(/«([^»]*)»/g, (mark, kind: string) => {
    if (!secrets.has(mark)) secrets.set(mark, makeSecret(JSON.parse(`"${kind}"`), random));
    return JSON.stringify(secrets.get(mark)).slice(1, -1);
  });
  const { thread, expected, toldIn, also = {} } = JSON.parse(text) as WrittenThread;
  return {
    name,
    file: thread,
    thread: withTimes(thread),
    expected,
    toldIn: {
      rootCause: [toldIn.rootCause, ...(also.rootCause ?? [])],
      resolution: [toldIn.resolution, ...(also.resolution ?? [])],
    },
    outcomes: [expected.outcome, ...(also.outcome ?? [])],
    durations: [expected.durationMinutes, ...(also.durationMinutes ?? [])],
    secrets: [...secrets.values()],
  };
}

function withTimes(file: ThreadFile): IncidentThread {
  return {
    ...file,
    startedAt: Date.parse(file.startedAt),
    resolvedAt: file.resolvedAt === null ? null : Date.parse(file.resolvedAt),
    messages: file.messages.map((message) => ({ ...message, at: Date.parse(message.at) })),
  };
}
