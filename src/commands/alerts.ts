import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { EscalationLevel } from '#domain/alert/escalation.ts';
import type { RoutedPayload } from '#domain/alert/routed-payload.ts';
import { unreachable } from '#domain/fault.ts';
import { formatDuration } from '#domain/runbook/parse-duration.ts';
import { type CommandIo, type CommandTools, exitCodes } from './command.ts';
import { printable } from './printable.ts';

/** Prints all problems of an alerts file as `FILE:LINE: message`. */
export async function checkAlerts(tools: CommandTools, io: CommandIo, file: string): Promise<number> {
  const router = await openRouter(tools, io, file);
  if (router === undefined) return exitCodes.failed;
  io.out('The alerts file is right.\n');
  return exitCodes.done;
}

export interface RouteOptions {
  readonly dryRun?: boolean;
  readonly sender?: string;
  readonly file: string;
  readonly json?: boolean;
}

/** Prints what the payload on the standard input tells and where each alert of it would go; nothing is kept or sent. */
export async function routeAlerts(
  tools: CommandTools,
  io: CommandIo,
  options: RouteOptions,
): Promise<number> {
  if (!options.dryRun) {
    io.err('error: only --dry-run can be done by hand; alerts come in by their webhooks (docs/alerts.md)\n');
    return exitCodes.usage;
  }
  const router = await openRouter(tools, io, options.file);
  if (router === undefined) return exitCodes.failed;
  const payload = readPayload(await io.stdin());
  if (payload === undefined) {
    io.err('error: the standard input is not JSON; give the payload as the sender posts it\n');
    return exitCodes.failed;
  }
  const routed = router(payload.value, options.sender ?? null);
  io.out(
    options.json
      ? `${JSON.stringify(routed)}\n`
      : linesOf(routed)
          .map((line) => `${printable(line)}\n`)
          .join(''),
  );
  return routed.kind === 'routed' ? exitCodes.done : exitCodes.failed;
}

type Router = (payload: unknown, sender: string | null) => RoutedPayload;

async function openRouter(tools: CommandTools, io: CommandIo, file: string): Promise<Router | undefined> {
  const source = await readFile(resolve(io.cwd, file), 'utf8').catch((error: Error) => error);
  if (source instanceof Error) {
    io.out(`${file}:1: cannot be read: ${source.message}\n`);
    return undefined;
  }
  const opened = await tools.alertRouter(source);
  if (opened.kind === 'router') return opened.route;
  for (const { line, message } of opened.problems) io.out(`${file}:${line}: ${printable(message)}\n`);
  return undefined;
}

/** The body alone, or a recorded request with the body in it. */
function readPayload(text: string): { readonly value: unknown } | undefined {
  try {
    const value: unknown = JSON.parse(text);
    const isRequest = typeof value === 'object' && value !== null && 'headers' in value && 'body' in value;
    return { value: isRequest ? value.body : value };
  } catch {
    return undefined;
  }
}

function linesOf(routed: RoutedPayload): readonly string[] {
  switch (routed.kind) {
    case 'wrong':
      return [`${routed.sender}: ${routed.field || 'the payload'} ${routed.message}`];
    case 'unknown-sender':
      return [
        `The payload looks like none of a known sender; name one with --sender: ${routed.known.join(', ')}.`,
      ];
    case 'routed':
      return routed.alerts.length === 0
        ? [`${routed.sender}: no alert in it; such an event is taken and changes nothing`]
        : routed.alerts.flatMap((one) => alertLines(routed.sender, one));
    default:
      return unreachable(routed);
  }
}

type Routed = Extract<RoutedPayload, { kind: 'routed' }>['alerts'][number];

function alertLines(sender: string, { alert, route }: Routed): readonly string[] {
  const { to } = route ?? {};
  return [
    `${sender}: ${alert.state} ${alert.name} (${alert.severity ?? 'no severity'}), fingerprint ${alert.fingerprint}`,
    to
      ? `  to ${to.platform}:${to.workspace}/${to.id} by route "${route?.name}"`
      : '  to nowhere: no route fits; add one without conditions to take the rest',
    ...escalationLines(route),
    ...(alert.group === null ? [] : [`  group ${alert.group}`]),
    ...(alert.runbookUrl === null ? [] : [`  runbook ${alert.runbookUrl}`]),
  ];
}

/** Whom its alerts would call while they fire and nobody acts. */
function escalationLines(route: Routed['route']): readonly string[] {
  if (!route?.escalation) return [];
  const { platform, workspace } = route.to;
  const full = (id: string) => `${platform}:${workspace}/${id}`;
  const whom = ({ people, channel }: EscalationLevel) =>
    [...people, ...(channel === null ? [] : [channel])].map(full).join(', ');
  return [
    `  unless somebody acts, by escalation "${route.escalation.name}":`,
    ...route.escalation.levels.map(
      (level, index) =>
        `    ${index + 1}. ${formatDuration(level.afterMs)} ${index === 0 ? 'after it fired' : 'later'}: ${whom(level)}`,
    ),
  ];
}
