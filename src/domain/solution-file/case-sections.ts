import type { Case } from '../solution.ts';

/** The texts of a case that stand below headings. */
type SectionName = {
  [Name in keyof Case]-?: Case[Name] extends string | undefined ? Name : never;
}[keyof Case];

export interface CaseSection {
  readonly name: Exclude<SectionName, 'title' | 'owner'>;
  /** In the front matter, where a text cannot stand below its heading. */
  readonly key: string;
  readonly title: string;
}

/** In the order in which they are written. */
export const caseSections: readonly CaseSection[] = [
  { name: 'symptoms', key: 'symptoms', title: 'Symptoms' },
  { name: 'rootCause', key: 'root_cause', title: 'Root cause' },
  { name: 'resolution', key: 'resolution', title: 'Resolution' },
  { name: 'steps', key: 'steps', title: 'Steps' },
  { name: 'validation', key: 'validation', title: 'Validation' },
];

export const sectionLine = (title: string): string => `## ${title}`;

const opening = /^(`{3,})text$/;

/** The text of the lines below a heading: without empty lines around it, and without a fence that holds all of it. */
export function readSectionText(lines: readonly string[]): string {
  const from = lines.findIndex((line) => line !== '');
  const body = from === -1 ? [] : lines.slice(from, lines.findLastIndex((line) => line !== '') + 1);
  const fence = opening.exec(body[0] ?? '')?.[1];
  const isFenced = fence !== undefined && body.length > 2 && body.indexOf(fence) === body.length - 1;
  return (isFenced ? body.slice(1, -1) : body).join('\n');
}

/** Whether a line opens a fence whose lines are text, and what closes it. */
export const closingOf = (line: string): string | undefined => opening.exec(line)?.[1];
