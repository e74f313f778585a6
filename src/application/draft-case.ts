import type { Incident } from '#domain/incident.ts';
import type { Step } from '#domain/run/step.ts';
import { type CaseDraft, longestDraftText } from '#domain/wording/case-form.ts';
import { oneLine } from '#domain/wording/format.ts';
import type { Transaction } from '#ports/unit-of-work.ts';

/** Characters of output that are kept of each step. */
const outputKept = 1_000;

const emptyDraft: CaseDraft = {
  title: '',
  symptoms: '',
  rootCause: '',
  resolution: '',
  steps: '',
  validation: '',
  tags: [],
};

/** What is known of a thread, for a person to complete: why it happened nobody can know for them. */
export async function draftCase(
  transaction: Transaction,
  incident: Incident | undefined,
  redact: (text: string) => string,
): Promise<CaseDraft> {
  if (!incident) return emptyDraft;
  // Also one whose place a runbook has taken: who mends it goes on from what was written.
  const saved = await transaction.solutions.last(caseSlug(incident));
  if (saved?.content.kind === 'case') return saved.content.case;
  const steps = await stepsOf(transaction, incident);
  const { application, service } = incident.context;
  return {
    ...emptyDraft,
    title: oneLine(redact(incident.problem), 100),
    symptoms: redact(incident.problem).slice(0, longestDraftText).toWellFormed(),
    resolution: redact(await fixOf(transaction, incident))
      .slice(0, longestDraftText)
      .toWellFormed(),
    // What stands for a secret may be longer than the secret was.
    steps: redact(writeSteps(steps)).slice(0, longestDraftText).toWellFormed(),
    validation: steps
      .filter(({ kind, state }) => kind === 'validation' && state === 'succeeded')
      .map(({ title }) => title)
      .join('\n'),
    tags: [application, service].filter((label) => label !== undefined),
  };
}

/** One case a thread: saving it again makes a new version of the same. */
export const caseSlug = ({ id }: Pick<Incident, 'id'>): string => `case-${id}`;

/** The id of the incident that a case of this name was saved from; any other name gives what is no id. */
export const incidentOfCase = (slug: string): string => slug.replace(/^case-/, '');

/** What people said in the comment form: what fixed it, and what they did by hand. */
async function fixOf({ recommendations }: Transaction, incident: Incident): Promise<string> {
  const all: string[] = [];
  for (const { id } of await recommendations.inIncident(incident.id))
    for (const { report } of await recommendations.comments(id))
      all.push(...[report.fixedBy, report.byHand].filter((text) => text !== undefined));
  return [...new Set(all)].join('\n');
}

async function stepsOf({ recommendations, runs }: Transaction, incident: Incident): Promise<readonly Step[]> {
  const all: Step[] = [];
  for (const { id } of await recommendations.inIncident(incident.id)) {
    const run = await runs.ofRecommendation(id);
    if (run) all.push(...(await runs.steps(run.id)));
  }
  return all.filter(({ result }) => result !== null);
}

/** Each step gets an equal share of what a dialog can hold, so the last one shows too. */
function writeSteps(steps: readonly Step[]): string {
  const share = Math.floor(longestDraftText / Math.max(1, steps.length));
  return steps
    .map((step) => writeStep(step, Math.min(outputKept, share)))
    .map((text) => text.slice(0, share).toWellFormed())
    .join('\n');
}

function writeStep({ command, state, result }: Step, kept: number): string {
  const output = [result?.stdout, result?.stderr].filter(Boolean).join('\n').trim().slice(-kept);
  return [`$ ${command}`, `(${state})`, output].filter((line) => line !== '').join('\n');
}
