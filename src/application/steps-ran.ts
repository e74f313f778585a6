import type { RanStep } from '#domain/case-draft/told-step.ts';
import type { Incident } from '#domain/incident.ts';
import type { Step } from '#domain/run/step.ts';
import type { Transaction } from '#ports/unit-of-work.ts';

/** Characters of output that are kept of each step. */
const outputKept = 1_000;

/** What the bot ran in the thread of an incident, in the order in which it ended. Of a group of hosts each is one. */
export async function stepsRan(
  { recommendations, runs }: Transaction,
  incident: Incident,
): Promise<readonly RanStep[]> {
  const all: Step[] = [];
  for (const { id } of await recommendations.inIncident(incident.id)) {
    const run = await runs.ofRecommendation(id);
    if (run) all.push(...(await runs.steps(run.id)));
  }
  return all.flatMap(readRan).toSorted((one, other) => one.at - other.at);
}

function readRan({ command, kind, state, result, endedAt, startedAt }: Step): readonly RanStep[] {
  if (result === null) return [];
  const output = [result.stdout, result.stderr].filter(Boolean).join('\n').trim().slice(-outputKept);
  return [
    {
      command,
      kind,
      state,
      output: output === '' ? null : output.toWellFormed(),
      exitCode: result.exitCode,
      at: endedAt ?? startedAt ?? 0,
    },
  ];
}
