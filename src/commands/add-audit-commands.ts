import type { Command } from 'commander';
import type { CommandParts } from './command.ts';
import { type ExportOptions, exportAudit } from './export-audit.ts';
import { type VerifyOptions, verifyAudit } from './verify-audit.ts';

/** `recourse audit …` */
export function addAuditCommands(
  program: Command,
  { io, withApplication }: Pick<CommandParts, 'io' | 'withApplication'>,
  finish: (code: Promise<number>) => Promise<void>,
): void {
  const audit = program.command('audit').description('the log of who did what');
  audit
    .command('verify')
    .description('recompute the hash chains and name the first entry that does not fit')
    .option('--workspace <name>', 'only this one, by name or id')
    .option('--anchor <file>', 'compare with this file of anchors instead of the one of the settings')
    .option('--expect <number:hash>', 'compare with a head that was posted; may be repeated', collect)
    .action((options: VerifyOptions) =>
      finish(withApplication((context) => verifyAudit(context, io, options))),
    );
  audit
    .command('export')
    .description('write the log as JSON lines that another program can verify')
    .option('--workspace <name>', 'only this one, by name or id')
    .option('--since <date>', 'only entries from then on')
    .action((options: ExportOptions) =>
      finish(withApplication((context) => exportAudit(context, io, options))),
    );
}

const collect = (value: string, before: readonly string[] = []): readonly string[] => [...before, value];
