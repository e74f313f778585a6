import { Command, InvalidArgumentError } from 'commander';
import { defaultInsightsDays, readInsightsDays } from '#domain/insights/insights-days.ts';
import { addAuditCommands } from './add-audit-commands.ts';
import { addCaseCommands } from './add-case-commands.ts';
import { addDeprecatedCommands } from './add-deprecated-commands.ts';
import { addKnowledgeCommands } from './add-knowledge-commands.ts';
import { addReviewCommands } from './add-review-commands.ts';
import { addRunbookCommands } from './add-runbook-commands.ts';
import { addSecretCommands } from './add-secret-commands.ts';
import { checkAlerts, type RouteOptions, routeAlerts } from './alerts.ts';
import { type AskOptions, ask } from './ask.ts';
import { backup } from './backup.ts';
import type { CommandContext, CommandParts } from './command.ts';
import { doctor } from './doctor.ts';
import { fold } from './fold.ts';
import { listHosts, type PinOptions, pinHost } from './hosts.ts';
import { ingest } from './ingest.ts';
import { type InsightsOptions, showInsights } from './insights.ts';
import { checkPolicy, type ExplainOptions, explainPolicy } from './policy.ts';
import { redactInput } from './redact.ts';
import { restore } from './restore.ts';
import { risk } from './risk.ts';
import { start } from './start.ts';

/** Notes the exit code that a command ends with. */
type Finish = (code: Promise<number>) => Promise<void>;

/** The `recourse` command line over the given parts. `finish` gets the exit code of the command that ran. */
export function buildProgram(parts: CommandParts, finish: Finish): Command {
  const { io } = parts;
  const program = new Command('recourse')
    .description('Recourse: ranked runbooks, approved steps, success rates that learn.')
    .configureOutput({ writeOut: io.out, writeErr: io.err })
    .showHelpAfterError('(recourse --help lists the commands)')
    .exitOverride();
  addApplicationCommands(program, parts, finish);
  addKnowledgeCommands(program, parts, finish);
  addRunbookCommands(program, parts, finish);
  addCaseCommands(program, parts, finish);
  addReviewCommands(program, parts, finish);
  addLearningCommands(program, parts, finish);
  addAuditCommands(program, parts, finish);
  addSecretCommands(program, parts, finish);
  addHostCommands(program, parts, finish);
  addPolicyCommands(program, parts, finish);
  addAlertCommands(program, parts, finish);
  addTextCommands(program, parts, finish);
  addShellCommands(program, parts, finish);
  return program;
}

function addApplicationCommands(program: Command, parts: CommandParts, finish: Finish): void {
  const { io, withApplication, now } = parts;
  const inside = (use: (context: CommandContext) => Promise<number>) => finish(withApplication(use));
  program
    .command('ask')
    .description('print the ranked answer to a question')
    .argument('<question>')
    .option('--json', 'as JSON, with all parts of the score')
    .option('--explain', 'with all parts of the score, and the next three below the threshold')
    .option('--closest', 'with what is closest below the threshold')
    .action((question: string, options: AskOptions) =>
      inside((context) => ask(context, io, question, { ...options, now: now() })),
    );
  program
    .command('ingest')
    .description('load runbooks from files and folders')
    .argument('<path...>')
    .action((paths: string[]) => inside((context) => ingest(context, io, paths)));
  program
    .command('backup')
    .description('write the embedded database into a file')
    .argument('<file>')
    .option('--force', 'replace an existing file')
    .action((file: string, options: { force?: boolean }) =>
      inside((context) => backup(context, io, file, options)),
    );
}

function addLearningCommands(
  program: Command,
  { io, withApplication, now }: CommandParts,
  finish: Finish,
): void {
  const inside = (use: (context: CommandContext) => Promise<number>) => finish(withApplication(use));
  const named = ['--workspace <id>', "in this workspace, by the platform's id; else in the oldest"] as const;
  program
    .command('fold')
    .description('fold votes, runs and alerts into success rates now')
    .action(() => inside((context) => fold(context, io)));
  program
    .command('insights')
    .description('print what works, what fails, what found no good answer and what deserves attention')
    .option('--days <number>', 'of so many days', daysGiven, defaultInsightsDays)
    .option('--json', 'as JSON')
    .option(...named)
    .action((options: InsightsOptions) => inside((context) => showInsights(context, io, options)));
  addDeprecatedCommands(program, { io, withApplication, now }, finish);
}

function daysGiven(text: string): number {
  const read = readInsightsDays(text);
  if (text.trim() === '' || read.kind === 'wrong')
    throw new InvalidArgumentError(read.kind === 'wrong' ? read.why : 'Say how many days: 7');
  return read.days;
}

function addHostCommands(program: Command, { io, withApplication }: CommandParts, finish: Finish): void {
  const hosts = program.command('hosts').description('the inventory of hosts');
  hosts
    .command('list')
    .description('list the hosts')
    .action(() => finish(withApplication((context) => listHosts(context, io))));
  hosts
    .command('pin')
    .description('show the key of a host and pin it')
    .argument('<name>')
    .option('--fingerprint <SHA256:…>', 'pin the key if it has this fingerprint')
    .option('--yes', 'pin whatever key answers')
    .action((name: string, options: PinOptions) =>
      finish(withApplication((context) => pinHost(context, io, name, options))),
    );
}

function addPolicyCommands(program: Command, parts: CommandParts, finish: Finish): void {
  const { io, tools, withApplication } = parts;
  const policy = program.command('policy').description('who may do what, where and when');
  policy
    .command('check')
    .description('print all problems of a policy file as FILE:LINE: message')
    .argument('[file]', 'the file', 'policy.yaml')
    .action((file: string) => finish(checkPolicy(tools, io, file)));
  policy
    .command('explain')
    .description('print what the policy says of a command for a person on a host, and which rule says so')
    .argument('<person>', 'platform id, or name')
    .argument('<command>')
    .argument('<host>')
    .option('--channel <id>', 'in this channel')
    .option('--runbook <name>', 'as a step of this runbook')
    .option('--workspace <id>', "in this workspace, by the platform's id; else in the oldest")
    .action((person: string, command: string, host: string, options: ExplainOptions) =>
      finish(withApplication((context) => explainPolicy(context, io, [person, command, host], options))),
    );
}

function addAlertCommands(program: Command, { io, tools }: CommandParts, finish: Finish): void {
  const alerts = program.command('alerts').description('alerts of monitoring tools and where they go');
  alerts
    .command('check')
    .description('print all problems of an alerts file as FILE:LINE: message')
    .argument('[file]', 'the file', 'alerts.yaml')
    .action((file: string) => finish(checkAlerts(tools, io, file)));
  alerts
    .command('route')
    .description('print where the alerts of a payload from the standard input would go')
    .option('--dry-run', 'keep and send nothing')
    .option('--sender <name>', 'whose payload it is; else the one that it looks like')
    .option('--file <file>', 'the alerts file', 'alerts.yaml')
    .option('--json', 'as JSON')
    .action((options: RouteOptions) => finish(routeAlerts(tools, io, options)));
}

/** Commands over texts, which need no database. */
function addTextCommands(program: Command, parts: CommandParts, finish: Finish): void {
  const { io, tools } = parts;
  program
    .command('risk')
    .description('judge how much harm a command can do')
    .argument('[command]')
    .option('--jsonl', 'read {"command"} lines, write {"risk","why"} lines')
    .action((command: string | undefined, options: { jsonl?: boolean }) =>
      finish(risk(tools, io, command, options)),
    );
  program
    .command('redact')
    .description('copy the standard input with its secrets masked')
    .option('--jsonl', 'read and write {"text"} lines')
    .action((options: { jsonl?: boolean }) => finish(redactInput(parts, options)));
}

function addShellCommands(program: Command, parts: CommandParts, finish: Finish): void {
  program
    .command('start')
    .description('run the server')
    .action(() => finish(start(parts)));
  program
    .command('doctor')
    .description('check configuration, database, hosts and ports')
    .option('--json', 'as JSON')
    .action((options: { json?: boolean }) => finish(doctor(parts, options)));
  program
    .command('restore')
    .description('make the embedded database the one of a backup')
    .argument('<file>')
    .option('--force', 'set an existing database aside')
    .action((file: string, options: { force?: boolean }) => finish(restore(parts, file, options)));
}
