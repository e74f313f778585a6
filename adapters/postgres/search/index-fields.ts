import type { SolutionContent } from '#domain/solution.ts';

export const searchFields = ['title', 'lead', 'body', 'steps', 'tags'] as const;
export type SearchField = (typeof searchFields)[number];

/** What a solution is found by, field by field, and the alerts that it answers by name. The lead begins the body. */
export type IndexedText = Readonly<Record<SearchField, string>> & { readonly alerts: readonly string[] };

/** The lead is the first words of the prose: imported pages often begin with a heading, others never end their lead. */
const leadLength = 500;

export function indexFields(content: SolutionContent): IndexedText {
  return content.kind === 'runbook' ? runbookFields(content.runbook) : caseFields(content.case);
}

function runbookFields(
  runbook: Extract<SolutionContent, { readonly kind: 'runbook' }>['runbook'],
): IndexedText {
  const commands = runbook.steps.map((step) => step.command).join('\n');
  return {
    title: runbook.title,
    lead: runbook.bodyText.slice(0, leadLength),
    // Versions that were stored before pages kept their other text have none.
    body: [runbook.bodyText, runbook.otherText ?? '', commands].join('\n'),
    steps: commands,
    tags: [...runbook.tags, ...runbook.alerts].join('\n'),
    alerts: runbook.alerts,
  };
}

function caseFields(past: Extract<SolutionContent, { readonly kind: 'case' }>['case']): IndexedText {
  return {
    title: past.title,
    lead: past.symptoms,
    body: [past.symptoms, past.rootCause, past.resolution, past.validation].join('\n'),
    steps: '',
    tags: past.tags.join('\n'),
    alerts: [],
  };
}
