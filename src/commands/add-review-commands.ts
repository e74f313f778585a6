import type { Command } from 'commander';
import type { CommandContext, CommandParts } from './command.ts';
import { decideOnReview, listReviews, type ReviewOptions, showReview } from './review.ts';

const named = ['--workspace <id>', "in this workspace, by the platform's id; else in the oldest"] as const;
const which = "the name of a runbook, NAME@VERSION, or the version's id";

/** `recourse review …` */
export function addReviewCommands(
  program: Command,
  { io, withApplication, now }: Pick<CommandParts, 'io' | 'withApplication' | 'now'>,
  finish: (code: Promise<number>) => Promise<void>,
): void {
  const inside = (use: (context: CommandContext) => Promise<number>) => finish(withApplication(use));
  const review = program.command('review').description('versions that wait for a decision');
  review
    .command('list', { isDefault: true })
    .description('list what waits, the oldest first')
    .option(...named)
    .option('--json', 'as lines of JSON')
    .action((options: ReviewOptions) =>
      inside((context) => listReviews(context, io, { ...options, now: now() })),
    );
  review
    .command('show')
    .description('print what a decision is about: why, the runs behind it, and what would change')
    .argument('<name>', which)
    .option(...named)
    .action((name: string, options: ReviewOptions) =>
      inside((context) => showReview(context, io, name, options)),
    );
  review
    .command('approve')
    .description('put a version into force')
    .argument('<name>', which)
    .option(...named)
    .option('--notes <text>', 'what you looked at')
    .action((name: string, options: ReviewOptions) =>
      inside((context) => decideOnReview(context, io, name, { ...options, decision: 'approved' })),
    );
  review
    .command('reject')
    .description('keep a version from ever being shown')
    .argument('<name>', which)
    .option(...named)
    .requiredOption('--notes <text>', 'what would have to change')
    .action((name: string, options: ReviewOptions) =>
      inside((context) => decideOnReview(context, io, name, { ...options, decision: 'rejected' })),
    );
}
