import type { Command } from 'commander';
import type { CommandParts } from './command.ts';
import { type FromCaseOptions, runbookOfCase } from './from-case.ts';
import { lintRunbooks } from './lint-runbooks.ts';

/** `recourse runbook …` */
export function addRunbookCommands(
  program: Command,
  { io, tools, withApplication }: Pick<CommandParts, 'io' | 'tools' | 'withApplication'>,
  finish: (code: Promise<number>) => Promise<void>,
): void {
  const runbook = program.command('runbook').description('runbooks as files');
  runbook
    .command('lint')
    .description('print all problems as FILE:LINE: message')
    .argument('<file...>')
    .action((files: string[]) => finish(lintRunbooks(tools, io, files)));
  runbook
    .command('from-case')
    .description('print the runbook that a case makes, as Markdown to complete')
    .argument('<id>', 'the name of the case')
    .option('--workspace <id>', "in this workspace, by the platform's id; else in the oldest")
    .option('--review', 'put it into review instead')
    .action((id: string, options: FromCaseOptions) =>
      finish(withApplication((context) => runbookOfCase(context, io, id, options))),
    );
}
