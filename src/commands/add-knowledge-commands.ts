import type { Command } from 'commander';
import type { CommandParts } from './command.ts';
import { type ExportKnowledgeOptions, exportKnowledge } from './export-knowledge.ts';
import { type ImportKnowledgeOptions, importKnowledge } from './import-knowledge.ts';

/** `recourse export`, `recourse import` */
export function addKnowledgeCommands(
  program: Command,
  { io, withApplication }: Pick<CommandParts, 'io' | 'withApplication'>,
  finish: (code: Promise<number>) => Promise<void>,
): void {
  program
    .command('export')
    .description('write all runbooks and cases into a folder, as Markdown that can live in git')
    .argument('<dir>')
    .option('--workspace <name>', 'of this one, by name or id')
    .option('--dry-run', 'only say what would be written')
    .option('--force', 'replace and remove also what the database does not know')
    .option('--json', 'as JSON')
    .action((directory: string, options: ExportKnowledgeOptions) =>
      finish(withApplication((context) => exportKnowledge(context, io, directory, options))),
    );
  program
    .command('import')
    .description('bring a folder that export wrote, or somebody by hand, into the database')
    .argument('<dir>')
    .option('--workspace <name>', 'into this one, by name or id')
    .option('--dry-run', 'only say what would change')
    .option('--json', 'as JSON')
    .action((directory: string, options: ImportKnowledgeOptions) =>
      finish(withApplication((context) => importKnowledge(context, io, directory, options))),
    );
}
