import { readdirSync, readFileSync } from 'node:fs';
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
  /** The messages that tell the cause and the fix; null where none does. */
  readonly toldIn: { readonly rootCause: string | null; readonly resolution: string | null };
  /** What stands in the thread and must be in no draft. */
  readonly secrets: readonly string[];
}

const folder = new URL('../../fixtures/', import.meta.url);

/** All threads of a folder of fixtures. `«kind»` becomes a secret of that kind; the same mark is the same secret. */
export function readThreadFixtures(name: string): readonly ThreadFixture[] {
  const files = readdirSync(new URL(`${name}/`, folder)).toSorted();
  return files.map((file, index) => {
    const secrets = new Map<string, string>();
    const random = createRandom(index + 1);
    const source = readFileSync(new URL(`${name}/${file}`, folder), 'utf8');
    const text = source.replace(/«([^»]*)»/g, (mark, kind: string) => {
      if (!secrets.has(mark)) secrets.set(mark, makeSecret(JSON.parse(`"${kind}"`), random));
      return JSON.stringify(secrets.get(mark)).slice(1, -1);
    });
    const { thread, ...rest } = JSON.parse(text) as Pick<ThreadFixture, 'expected' | 'toldIn'> & {
      readonly thread: ThreadFile;
    };
    return { ...rest, name: file, file: thread, thread: withTimes(thread), secrets: [...secrets.values()] };
  });
}

function withTimes(file: ThreadFile): IncidentThread {
  return {
    ...file,
    startedAt: Date.parse(file.startedAt),
    resolvedAt: file.resolvedAt === null ? null : Date.parse(file.resolvedAt),
    messages: file.messages.map((message) => ({ ...message, at: Date.parse(message.at) })),
  };
}
