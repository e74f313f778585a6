import type { RankedAnswer } from '#application/rank-solutions.ts';
import { solutionOwner, solutionTitle } from '#domain/solution.ts';
import { trackRecord } from '#domain/wording/answer-card.ts';
import { formatAge, formatPercent } from '#domain/wording/format.ts';
import { type CommandContext, type CommandIo, exitCodes } from './command.ts';
import { printable } from './printable.ts';

export interface AskOptions {
  readonly json?: boolean;
  readonly explain?: boolean;
}

type Ranked = RankedAnswer['ranked'][number];

/** Prints the ranked answer that the chat would give. Nothing is stored and nobody is told. */
export async function ask(
  context: CommandContext,
  io: CommandIo,
  question: string,
  options: AskOptions & { readonly now: number },
): Promise<number> {
  if (question.trim() === '') {
    io.err('error: the question is empty\n');
    return exitCodes.usage;
  }
  const answer = await context.ask(question);
  if (options.json) io.out(`${JSON.stringify(asJson(question, answer), null, 2)}\n`);
  else io.out(asText(answer, options));
  return exitCodes.done;
}

function asText({ ranked }: RankedAnswer, options: AskOptions & { readonly now: number }): string {
  if (ranked.length === 0) return 'No good match among the runbooks and past cases.\n';
  return ranked.map((one, index) => block(one, index + 1, options)).join('\n');
}

function block(one: Ranked, rank: number, { now, explain }: AskOptions & { readonly now: number }): string {
  const { solution, rate, why } = one;
  const kind = solution.content.kind === 'runbook' ? 'runbook' : 'past case';
  const record = trackRecord(rate)
    .filter((span) => typeof span === 'string')
    .join('');
  const age = `changed ${formatAge(now - solution.updatedAt)} ago`;
  const lines = [
    `${rank}. ${solutionTitle(solution)} (${formatPercent(one.confidence)})`,
    `   ${kind} v${solution.version}, ${record}, ${age}, ${solutionOwner(solution)}, ${solution.origin}`,
    `   why: ${why.length > 0 ? why.join('; ') : 'similar words'}`,
    ...(explain ? [`   parts: ${parts(one)}`] : []),
  ];
  return lines.map((line) => `${printable(line)}\n`).join('');
}

function parts({ similarity, success, context }: Ranked): string {
  const named = { similarity, success, context };
  return Object.entries(named)
    .map(([name, value]) => `${name} ${value.toFixed(2)}`)
    .join(', ');
}

function asJson(question: string, { ranked, context }: RankedAnswer): object {
  return {
    question,
    context,
    solutions: ranked.map(({ solution, rate, ...score }, index) => ({
      rank: index + 1,
      kind: solution.content.kind,
      slug: solution.slug,
      title: solutionTitle(solution),
      version: solution.version,
      owner: solutionOwner(solution),
      origin: solution.origin,
      updatedAt: new Date(solution.updatedAt).toISOString(),
      ...score,
      worked: rate?.worked ?? 0,
      tried: rate?.tried ?? 0,
      lastWorkedAt: rate?.lastWorkedAt ? new Date(rate.lastWorkedAt).toISOString() : null,
    })),
  };
}
