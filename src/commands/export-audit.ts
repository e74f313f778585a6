import { type CommandContext, type CommandIo, exitCodes } from './command.ts';

export interface ExportOptions {
  readonly workspace?: string;
  readonly since?: string;
}

/** Writes the audit log as JSON lines that another program can verify (docs/audit.md). */
export async function exportAudit(
  context: CommandContext,
  io: CommandIo,
  { workspace, since }: ExportOptions,
): Promise<number> {
  const from = since === undefined ? null : readTime(since);
  if (Number.isNaN(from)) {
    io.err('error: --since must be a date such as 2026-11-20 or 2026-11-20T14:05:00Z\n');
    return exitCodes.usage;
  }
  for await (const lines of context.exportAudit({ workspace: workspace ?? null, since: from })) {
    io.out(lines);
    await io.flushed();
  }
  return exitCodes.done;
}

/** ISO 8601 alone: every other form means another day to somebody. Without a zone it is UTC. */
function readTime(text: string): number {
  if (!/^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2})?)?$/.test(text))
    return Number.NaN;
  return Date.parse(/T.*(Z|[+-]\d{2}:\d{2})$|^[^T]*$/.test(text) ? text : `${text}Z`);
}
