import { escapeMarkdown } from './escape-markdown.ts';
import { type Given, nothingGiven } from './given.ts';
import { headLines } from './head-lines.ts';
import { dayMs, formatDuration } from './parse-duration.ts';
import { paragraphsOf } from './prose.ts';
import type { Parameter, Runbook, RunbookStep } from './runbook.ts';
import { notesTitle, sectionTitles } from './section-kind.ts';
import { yamlMap, yamlScalar } from './yaml-text.ts';

/**
 * Writes a runbook as Markdown with YAML front matter, made to be read and diffed in review. Parsing the result
 * gives the same runbook back, provided that its prose is in normal form (`normaliseProse`) and that it has no
 * `otherText`, which has no place in a runbook of ours.
 */
export function renderRunbook(runbook: Runbook): string {
  const blocks = [
    frontMatter(runbook),
    `# ${escapeMarkdown(runbook.title)}`,
    ...paragraphsOf(runbook.lead).map(escapeMarkdown),
    ...stepBlocks(runbook),
    ...(runbook.notes === '' ? [] : [`## ${notesTitle}`, ...paragraphsOf(runbook.notes).map(escapeMarkdown)]),
  ];
  return `${blocks.join('\n\n')}\n`;
}

/** Its steps in their sections, as they stand in the Markdown of the whole. */
export const renderSteps = (runbook: Pick<Runbook, 'steps'>): string => stepBlocks(runbook).join('\n\n');

/** The same as blocks, with an empty line between two. */
export const stepBlocks = ({ steps }: Pick<Runbook, 'steps'>): readonly string[] =>
  steps.flatMap((step, index) => renderStep(step, steps[index - 1]));

function frontMatter(runbook: Runbook): string {
  const { reviewEveryDays, alerts, parameters } = runbook;
  const lines = [
    '---',
    ...headLines(runbook),
    ...(reviewEveryDays === undefined ? [] : [`review_every: ${formatDuration(reviewEveryDays * dayMs)}`]),
    ...(parameters.length === 0
      ? []
      : ['parameters:', ...parameters.map((one) => `  ${renderParameter(one)}`)]),
    ...(alerts.length === 0 ? [] : ['alerts:', ...alerts.map((alert) => `  - ${yamlScalar(alert)}`)]),
    '---',
  ];
  return lines.join('\n');
}

/** One line of the front matter: `path: { type: path, default: /var/log }`. */
export function renderParameter(parameter: Parameter): string {
  const { type, default: fallback, description } = parameter;
  const details = yamlMap({
    type,
    values: parameter.type === 'enum' ? parameter.values : undefined,
    pattern: parameter.type === 'string' ? parameter.pattern : undefined,
    min: parameter.type === 'int' ? parameter.min : undefined,
    max: parameter.type === 'int' ? parameter.max : undefined,
    default: fallback,
    description: description === '' ? undefined : description,
  });
  return `${parameter.name}: ${details}`;
}

function renderStep(step: RunbookStep, before: RunbookStep | undefined): readonly string[] {
  return [
    ...(before?.kind === step.kind ? [] : [`## ${sectionTitles[step.kind]}`]),
    ...paragraphsOf(step.notes).map(escapeMarkdown),
    escapeMarkdown(step.title),
    renderFence(step),
  ];
}

function givenAttributes({ environment, input }: Given): Readonly<Record<string, unknown>> {
  const values = environment.map(
    (one) => [one.name, 'text' in one ? one.text : { secret: one.secret }] as const,
  );
  const secret = input && { secret: input.secret };
  return {
    ...(values.length === 0 ? {} : { env: Object.fromEntries(values) }),
    ...(input === null
      ? {}
      : input.descriptor === 0
        ? { stdin: secret }
        : { fd: { [input.descriptor]: secret } }),
  };
}

function renderFence(step: RunbookStep): string {
  const { id, timeoutMs, expect, exitCodes, hostParameter, command, given = nothingGiven } = step;
  const { parallel, maxFailures, retry, undoes } = step;
  const attributes = JSON.stringify({
    id,
    timeout: formatDuration(timeoutMs),
    ...(expect === undefined ? {} : { expect }),
    ...(exitCodes.length === 1 && exitCodes[0] === 0 ? {} : { exit: exitCodes }),
    ...(hostParameter === 'host' ? {} : { host: hostParameter }),
    ...(parallel === undefined ? {} : { parallel }),
    ...(maxFailures === undefined ? {} : { max_failures: maxFailures }),
    ...(retry === undefined ? {} : { retry: { times: retry.times, pause: formatDuration(retry.pauseMs) } }),
    ...(undoes === undefined ? {} : { undoes: undoes.length === 1 ? undoes[0] : undoes }),
    ...givenAttributes(given),
  });
  const longestRun = Math.max(2, ...Array.from(command.matchAll(/`+/g), (match) => match[0].length));
  const fence = '`'.repeat(longestRun + 1);
  // An info string cannot hold a backquote, nor a line break of any kind.
  const info = attributes.replace(
    /[`\u007f-\u009f\u2028\u2029]/g,
    (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  return `${fence}sh ${info}\n${command}\n${fence}`;
}
