import { headLines } from '../runbook/head-lines.ts';
import { yamlList, yamlScalar } from '../runbook/yaml-text.ts';
import type { Case } from '../solution.ts';
import { type CaseSection, caseSections, closingOf, readSectionText, sectionLine } from './case-sections.ts';

/**
 * Writes a case as Markdown with YAML front matter. Reading it gives the same case back, whatever its texts hold: one
 * that cannot stand below its heading as it is gets a fence, and what no fence can carry (a lone carriage return, say) a
 * line of the front matter.
 */
export function renderCase(past: Case): string {
  const written = caseSections.map((section) => writeSection(section, past[section.name]));
  const lines = [
    '---',
    ...headLines(past),
    ...endLines(past),
    ...written.flatMap(({ key }) => key ?? []),
    '---',
  ];
  return `${[lines.join('\n'), ...written.flatMap(({ block }) => block ?? [])].join('\n\n')}\n`;
}

/** What only cases have. */
const endLines = ({ tookMinutes, people }: Case): readonly string[] => [
  ...(tookMinutes === undefined ? [] : [`took_minutes: ${tookMinutes}`]),
  ...(people === undefined ? [] : [`people: ${yamlList(people)}`]),
];

interface Written {
  readonly key?: string;
  readonly block?: string;
}

function writeSection({ name, key, title }: CaseSection, text: string | undefined): Written {
  if (text === undefined || (text === '' && name !== 'steps')) return {};
  const bodies = name === 'steps' || !isPlain(text) ? [fenced(text)] : [text, fenced(text)];
  const body = bodies.find((one) => !one.includes('\r') && readSectionText(one.split('\n')) === text);
  return body === undefined
    ? { key: `${key}: ${yamlScalar(text)}` }
    : { block: `${sectionLine(title)}\n\n${body}` };
}

/** A line that would begin another section, or a fence that is left open, may only stand within a fence. */
const isPlain = (text: string): boolean =>
  !/^## /m.test(text) && closingOf(text.trimStart().split('\n')[0] ?? '') === undefined;

function fenced(text: string): string {
  const longestRun = Math.max(2, ...Array.from(text.matchAll(/`+/g), ([run]) => run.length));
  const fence = '`'.repeat(longestRun + 1);
  return `${fence}text\n${text}\n${fence}`;
}
