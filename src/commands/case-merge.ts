import type { Duplicate } from '#application/find-duplicates.ts';
import { formatPercent } from '#domain/wording/format.ts';
import { type CommandContext, type CommandIo, exitCodes } from './command.ts';
import { printable } from './printable.ts';

/** Lists pairs of cases that tell the same, the most alike first. */
export async function listDuplicates(
  context: CommandContext,
  io: CommandIo,
  { workspace, json }: { readonly workspace?: string; readonly json?: boolean },
): Promise<number> {
  const found = await context.cases.duplicates(workspace ?? null);
  if (found.length === 0 && !json) io.out('No two cases tell the same.\n');
  for (const pair of found) io.out(json ? `${JSON.stringify(asJson(pair))}\n` : `${asText(pair)}\n`);
  return exitCodes.done;
}

function asJson({ from, into, similarity, shared }: Duplicate) {
  const side = ({ slug, content }: Duplicate['from']) => ({ slug, title: content.case.title });
  return {
    ...{ from: side(from), into: side(into) },
    similarity: Math.round(similarity * 1000) / 1000,
    sharedWords: shared.words,
  };
}

function asText({ from, into, similarity, shared }: Duplicate): string {
  const side = ({ slug, content }: Duplicate['from']) => `${slug}  ${content.case.title}`;
  const why = `${formatPercent(similarity)} alike; both fixes: ${shared.words.join(', ')}`;
  return printable(`${side(from)}\n  tells the same as ${side(into)}\n  ${why}`);
}

/** Merges a case into another. */
export async function mergeCase(
  context: CommandContext,
  io: CommandIo,
  {
    from,
    into,
    workspace,
  }: { readonly from: string; readonly into: string; readonly workspace: string | null },
): Promise<number> {
  const done = await context.cases.merge(workspace, from, into);
  if (done.kind === 'merged') {
    io.out(
      `${printable(done.from.slug)} is merged into ${printable(done.into.slug)}: it is kept, shown to nobody, and counted there from the next fold on.\nTo undo it: recourse case unmerge ${printable(done.from.slug)}\n`,
    );
    return exitCodes.done;
  }
  io.err(`${printable(whyNot(done.why, from, into))}\n`);
  return exitCodes.failed;
}

type Refused = Extract<Awaited<ReturnType<CommandContext['cases']['merge']>>, { kind: 'refused' }>;

const names = 'The names of cases stand in the folder cases/ of an export.';

function whyNot(why: Refused['why'], from: string, into: string): string {
  switch (why) {
    case 'gone':
      return `No case named ${from} is in force. ${names}`;
    case 'target-gone':
      return `No case named ${into}, nor what it was merged into, is in force. ${names}`;
    case 'same':
      return `${into} is ${from} itself or was merged into it. To turn that around: recourse case unmerge ${into}`;
    case 'not-theirs':
    case 'reaches-further':
      return 'This is not for the shell to decide.';
    default:
      return why satisfies never;
  }
}

/** Puts a merged case back into force. */
export async function unmergeCase(
  context: CommandContext,
  io: CommandIo,
  name: string,
  workspace: string | null,
): Promise<number> {
  const done = await context.cases.unmerge(workspace, name);
  if (done.kind === 'unmerged') {
    io.out(
      `${printable(name)} is in force again, apart from ${printable(done.into)}. The next fold counts each by itself.\n`,
    );
    return exitCodes.done;
  }
  const why =
    done.why === 'replaced'
      ? `${name} is shown as the runbook ${done.runbook}, which was made from it. Nothing was changed.`
      : `No case named ${name} is merged into another. ${names}`;
  io.err(`${printable(why)}\n`);
  return exitCodes.failed;
}
