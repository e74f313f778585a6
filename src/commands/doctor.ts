import { Fault } from '#domain/fault.ts';
import { type CommandIo, type CommandParts, exitCodes, type Finding } from './command.ts';
import { printable } from './printable.ts';

const marks = { ok: 'ok    ', warning: 'warn  ', failed: 'FAILED' } as const satisfies Record<
  Finding['status'],
  string
>;

/** Says what is well and what is not, and for each failure what to do. A start that fails is a finding too. */
export async function doctor(
  { io, withApplication }: CommandParts,
  options: { readonly json?: boolean },
): Promise<number> {
  try {
    return await withApplication(async (context) => report(io, await context.diagnose(), options));
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    const { message, advice } = error;
    const code = report(io, [{ name: 'start', status: 'failed', message, advice }], options);
    return error.kind === 'configuration' ? exitCodes.configuration : code;
  }
}

function report(io: CommandIo, findings: readonly Finding[], { json }: { readonly json?: boolean }): number {
  if (json) io.out(`${JSON.stringify({ findings }, null, 2)}\n`);
  else for (const finding of findings) io.out(lines(finding));
  return findings.some(({ status }) => status === 'failed') ? exitCodes.failed : exitCodes.done;
}

function lines({ name, status, message, advice }: Finding): string {
  const text = message.split('\n').map(printable).join('\n          ');
  return `${marks[status]}  ${name}: ${text}\n${advice === null ? '' : `        → ${printable(advice)}\n`}`;
}
