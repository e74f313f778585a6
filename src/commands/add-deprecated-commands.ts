import type { Command } from 'commander';
import type { CommandContext, CommandParts } from './command.ts';
import { keep, listDeprecated, listUnused, retire, revive } from './deprecated.ts';

const named = ['--workspace <id>', "in this workspace, by the platform's id; else in the oldest"] as const;

/** What a person decides on besides versions in review: what has stopped working, and what nobody uses. */
export function addDeprecatedCommands(
  program: Command,
  { io, withApplication, now }: Pick<CommandParts, 'io' | 'withApplication' | 'now'>,
  finish: (code: Promise<number>) => Promise<void>,
): void {
  const inside = (use: (context: CommandContext) => Promise<number>) => finish(withApplication(use));
  program
    .command('deprecated')
    .description('list what has stopped working and is shown no more, with why')
    .option(...named)
    .action((options: { workspace?: string }) =>
      inside((context) => listDeprecated(context, io, options.workspace ?? null)),
    );
  program
    .command('unused')
    .description('list what is in force and nobody has used for long')
    .option(...named)
    .action((options: { workspace?: string }) =>
      inside((context) => listUnused(context, io, { ...options, now: now() })),
    );
  addDecisions(program, io, inside);
}

function addDecisions(
  program: Command,
  io: CommandParts['io'],
  inside: (use: (context: CommandContext) => Promise<number>) => Promise<void>,
): void {
  const byName = { revive, keep } as const;
  const descriptions = {
    revive: 'put a deprecated solution back into force',
    keep: 'say of a solution that nobody has used for long that it is still needed',
  } as const;
  for (const verb of ['revive', 'keep'] as const)
    program
      .command(verb)
      .description(descriptions[verb])
      .argument('<name>')
      .option(...named)
      .action((name: string, options: { workspace?: string }) =>
        inside((context) => byName[verb](context, io, name, options.workspace ?? null)),
      );
  program
    .command('retire')
    .description('take a solution that is deprecated or unused for long out of force for good')
    .argument('<name>')
    .option(...named)
    .requiredOption('--notes <text>', 'why nobody needs it any more')
    .action((name: string, options: { workspace?: string; notes: string }) =>
      inside((context) => retire(context, io, name, options)),
    );
}
