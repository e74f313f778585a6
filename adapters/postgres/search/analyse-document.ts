import { tellsTrouble } from '#domain/message/tells-trouble.ts';
import type { SolutionContent } from '#domain/solution.ts';
import { splitWords, type Word } from '#domain/text/split-words.ts';
import { indexFields, type SearchField, searchFields } from './index-fields.ts';
import type { LexemeOf } from './read-lexemes.ts';
import type { IndexSettings } from './search-settings.ts';

/** What the index keeps of one solution; a function of the solution alone, so nothing elsewhere can make it stale. */
export interface AnalysedDocument {
  /** All stems in order: title, then body, then tags. An identifier's parts are followed by its unsplit form. */
  readonly stems: readonly string[];
  /** How many of `stems` are the title, and how many after it are the lead. */
  readonly titleLength: number;
  readonly leadLength: number;
  /** Names that alerts carry, lower case: those the runbook lists, and its title when that is one name. */
  readonly alertNames: readonly string[];
  /** 0…1: how plainly it says that it is about something going wrong. */
  readonly trouble: number;
  /** How much each stem counts in this document: BM25 without the idf, summed over the fields; above 0. */
  readonly impacts: ReadonlyMap<string, number>;
}

/** Words of a page that are indexed: longer pages are lists and dumps, and their head says what they are about. */
const longestBody = 60_000;

export type ReadFields = Readonly<Record<SearchField, readonly Word[]>>;

export function readFields(content: SolutionContent): ReadFields {
  const { title, lead, body, steps, tags } = indexFields(content);
  return {
    title: splitWords(title),
    lead: splitWords(lead),
    body: splitWords(body.slice(0, longestBody)),
    steps: splitWords(steps.slice(0, longestBody)),
    tags: splitWords(tags),
  };
}

/** All that a word is found by, in order. */
export const formsOf = ({ parts, whole }: Word): readonly string[] =>
  whole === null ? parts : [...parts, whole];

export function analyseDocument(
  content: SolutionContent,
  fields: ReadFields,
  lexemeOf: LexemeOf,
  settings: IndexSettings,
): AnalysedDocument {
  const stemsOf = (field: SearchField): readonly string[] =>
    fields[field].flatMap(formsOf).flatMap((form) => lexemeOf(form) ?? []);
  const { title, lead, body, steps, tags } = Object.fromEntries(
    searchFields.map((field) => [field, stemsOf(field)]),
  ) as Record<SearchField, readonly string[]>;
  const stems = [...title, ...body, ...tags];
  return {
    stems,
    titleLength: title.length,
    leadLength: Math.min(lead.length, body.length),
    trouble: troubleOf(content, fields),
    alertNames: alertNames(content, fields.title),
    impacts: sumImpacts({ title, lead, body, steps, tags }, new Set(stems), settings),
  };
}

/** Sections of pages that are written for an incident, unlike those that explain how to do something. */
const incidentSections = /\b(?:symptoms?|diagnos[ei]s|mitigat\w+|remediat\w+|troubleshoot\w*)\b/iu;

/** Half for a title that says what is wrong (or is an alert's name), half for what an incident page has. */
function troubleOf(content: SolutionContent, { title }: ReadFields): number {
  if (content.kind === 'case') return 1;
  const { runbook } = content;
  const [only, ...others] = title;
  const inTitle =
    tellsTrouble(runbook.title) || (others.length === 0 && only !== undefined && isAlertName(only));
  const hasFix = runbook.steps.some(({ kind }) => kind === 'remediation');
  return (inTitle ? 0.5 : 0) + (hasFix || incidentSections.test(indexFields(content).body) ? 0.5 : 0);
}

/** `KubePodCrashLooping` and `KubeletDown`, not `PostgreSQL`. */
const isAlertName = ({ text, parts }: Word): boolean => parts.length > 2 || tellsTrouble(text);

function alertNames(content: SolutionContent, [only, ...others]: readonly Word[]): readonly string[] {
  const listed = indexFields(content).alerts.map((alert) => alert.toLowerCase());
  const titleName = others.length === 0 && only?.whole && isAlertName(only) ? [only.whole] : [];
  return [...new Set([...listed, ...titleName])];
}

/**
 * BM25's term frequency part a field, summed with the fields' weights. Lengths are compared with a fixed pivot instead
 * of the collection's average: then no other document's insert, edit or delete changes an impact.
 */
function sumImpacts(
  fields: Readonly<Record<SearchField, readonly string[]>>,
  kept: ReadonlySet<string>,
  { weights, pivots, saturation, lengthPenalty }: IndexSettings,
): ReadonlyMap<string, number> {
  const impacts = new Map<string, number>();
  for (const field of searchFields) {
    // A lead may end within a word, and commands may stand beyond what is kept of the body: what the document does not
    // keep could not be taken out of the postings again.
    const stems = fields[field].filter((stem) => kept.has(stem));
    const norm = saturation * (1 - lengthPenalty + (lengthPenalty * stems.length) / pivots[field]);
    for (const [stem, count] of countEach(stems)) {
      const strength = (weights[field] * count * (saturation + 1)) / (count + norm);
      impacts.set(stem, (impacts.get(stem) ?? 0) + strength);
    }
  }
  return impacts;
}

function countEach(stems: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const stem of stems) counts.set(stem, (counts.get(stem) ?? 0) + 1);
  return counts;
}
