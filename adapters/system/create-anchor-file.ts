import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import type { Anchor } from '#domain/audit/audit-entry.ts';
import { Fault } from '#domain/fault.ts';
import { readId, type WorkspaceId } from '#domain/ids.ts';
import type { AuditAnchor } from '#ports/audit-anchor.ts';

/**
 * Heads of audit chains as JSON lines in a file that is only ever appended to, readable by its owner:
 * `{"time":"2026-11-20T14:05:00.000Z","workspace":"…","sequence":12,"hash":"…"}`. Several processes may append.
 */
export function createAnchorFile(path: string): AuditAnchor {
  return {
    append: async (anchors) => {
      const file = await open(path, 'a+', 0o600).catch((cause: unknown) => {
        throw unusable(path, cause);
      });
      try {
        await file.appendFile(`${(await endsALine(file)) ? '' : '\n'}${anchors.map(writeLine).join('')}`);
        await file.datasync();
      } catch (cause) {
        throw unusable(path, cause);
      } finally {
        await file.close();
      }
    },
    read: () => readLines(path),
  };
}

/** A line that a crash cut must not swallow the next one. */
async function endsALine(file: Awaited<ReturnType<typeof open>>): Promise<boolean> {
  const { size } = await file.stat();
  if (size === 0) return true;
  const { buffer } = await file.read(Buffer.alloc(1), 0, 1, size - 1);
  return buffer.toString() === '\n';
}

async function* readLines(path: string): AsyncGenerator<Anchor> {
  let line = 0;
  try {
    for await (const text of createInterface({ input: createReadStream(path), crlfDelay: Infinity })) {
      line += 1;
      if (text !== '') yield readLine(text) ?? refuse(path, line);
    }
  } catch (cause) {
    if (cause instanceof Fault) throw cause;
    if ((cause as NodeJS.ErrnoException).code !== 'ENOENT') throw unusable(path, cause);
  }
}

function writeLine({ at, workspace, sequence, hash }: Anchor): string {
  return `${JSON.stringify({ time: new Date(at).toISOString(), workspace, sequence, hash })}\n`;
}

function readLine(text: string): Anchor | undefined {
  const { time, workspace, sequence, hash } = parse(text);
  const id = typeof workspace === 'string' ? readId<WorkspaceId>(workspace) : undefined;
  const at = typeof time === 'string' ? Date.parse(time) : Number.NaN;
  const isHash = typeof hash === 'string' && /^[0-9a-f]{64}$/.test(hash);
  if (!id || Number.isNaN(at) || !isHash || !Number.isSafeInteger(sequence)) return undefined;
  return { at, workspace: id, sequence: sequence as number, hash };
}

function parse(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

/** Passing over it could hide the one line that tells. */
function refuse(path: string, line: number): never {
  throw new Fault(
    'rejected',
    'audit-anchor-line',
    `Line ${line} of the audit anchor ${path} cannot be read.`,
    'See who wrote there. A line that a crash cut may be deleted by hand; the others then count again.',
  );
}

function unusable(path: string, cause: unknown): Fault {
  return new Fault(
    'unavailable',
    'audit-anchor',
    `The audit anchor ${path} cannot be used: ${(cause as Error).message}.`,
    'See that its folder is there and that the user of Recourse may append to the file; or change RECOURSE_AUDIT_ANCHOR.',
    cause,
  );
}
