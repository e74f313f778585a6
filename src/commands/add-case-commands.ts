import type { Command } from 'commander';
import { listDuplicates, mergeCase, unmergeCase } from './case-merge.ts';
import type { CommandContext, CommandParts } from './command.ts';
import { draftCases } from './draft-cases.ts';

const named = ['--workspace <id>', "in this workspace, by the platform's id; else in the oldest"] as const;

/** `recourse case …` */
export function addCaseCommands(
  program: Command,
  { io, tools, withApplication }: Pick<CommandParts, 'io' | 'tools' | 'withApplication'>,
  finish: (code: Promise<number>) => Promise<void>,
): void {
  const inside = (use: (context: CommandContext) => Promise<number>) => finish(withApplication(use));
  const cases = program.command('case').description('cases, the past fixes that threads tell');
  cases
    .command('draft')
    .description('read {"thread"} lines from the standard input, write a draft of a case for each')
    .option('--json', 'as lines of JSON')
    .action((options: { json?: boolean }) => finish(draftCases(tools, io, options)));
  cases
    .command('duplicates')
    .description('list pairs of cases that tell the same')
    .option(...named)
    .option('--json', 'as lines of JSON')
    .action((options: { workspace?: string; json?: boolean }) =>
      inside((context) => listDuplicates(context, io, options)),
    );
  cases
    .command('merge')
    .description('keep a case aside and count it as one more time that another one was seen')
    .argument('<from>', 'the name of the case that is shown no more')
    .argument('<into>', 'the name of the case that it counts for')
    .option(...named)
    .action((from: string, into: string, { workspace }: { workspace?: string }) =>
      inside((context) => mergeCase(context, io, { from, into, workspace: workspace ?? null })),
    );
  cases
    .command('unmerge')
    .description('put a case that was merged back into force')
    .argument('<name>', 'the name of the case')
    .option(...named)
    .action((name: string, { workspace }: { workspace?: string }) =>
      inside((context) => unmergeCase(context, io, name, workspace ?? null)),
    );
}
