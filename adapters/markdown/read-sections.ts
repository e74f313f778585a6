import { normaliseProse } from '#domain/runbook/prose.ts';
import type { StepKind } from '#domain/runbook/runbook.ts';
import { namedSectionKind, notesTitle, sectionKind, sectionTitles } from '#domain/runbook/section-kind.ts';
import type { Block, Fence } from './markdown-blocks.ts';

/** A fence that is a step, with the words around it. */
export interface RawStep {
  readonly kind: StepKind;
  readonly title: string;
  readonly notes: string;
  readonly line: number;
  readonly fence: Fence;
}

/** A document, cut into prose and steps. */
export interface Sections {
  /** The first heading of the first level. */
  readonly heading: string | null;
  readonly lead: string;
  readonly notes: string;
  /** Headings other than those of our own format, and code that is no step. */
  readonly otherText: string;
  readonly steps: readonly RawStep[];
}

interface Reading {
  readonly title: string | null;
  heading: string | null;
  /** The headings above, outermost first, and the kind of the steps below each. */
  readonly above: { readonly depth: number; readonly kind: StepKind }[];
  lastHeading: string;
  hasSection: boolean;
  pending: string[];
  readonly lead: string[];
  readonly notes: string[];
  readonly other: string[];
  readonly steps: RawStep[];
}

/** Headings of our own format: every runbook has them, so they tell none from another. */
const plainTitles: ReadonlySet<string> = new Set([...Object.values(sectionTitles), notesTitle]);

const stepLanguages = new Set(['sh', 'bash', 'shell', 'console']);

/** True for the languages whose fences are steps. */
export function isStepFence({ language }: Fence): boolean {
  return stepLanguages.has(language);
}

/**
 * Cuts a document: the paragraph before a fence is its title, what stands before the first section is the lead.
 * `title` is the one from the front matter; a heading that repeats it is no section, whatever it says.
 */
export function readSections(blocks: readonly Block[], title: string | null): Sections {
  const reading: Reading = {
    title,
    heading: null,
    above: [],
    lastHeading: '',
    hasSection: false,
    pending: [],
    lead: [],
    notes: [],
    other: [],
    steps: [],
  };
  for (const block of blocks) readBlock(block, reading);
  flush(reading);
  const { heading, lead, notes, other, steps } = reading;
  return {
    heading,
    lead: normaliseProse(lead),
    notes: normaliseProse(notes),
    otherText: normaliseProse(other),
    steps,
  };
}

function readBlock(block: Block, reading: Reading): void {
  switch (block.kind) {
    case 'heading':
      readHeading(block.depth, block.text, reading);
      break;
    case 'paragraph':
      if (block.text !== '') reading.pending.push(block.text);
      break;
    case 'code':
      if (isStepFence(block.fence)) readStep(block.line, block.fence, reading);
      else reading.other.push(block.fence.content);
      break;
    case 'front-matter':
      break;
    default:
      block satisfies never;
  }
}

function readHeading(depth: number, text: string, reading: Reading): void {
  const isFirst = depth === 1 && reading.heading === null && !reading.hasSection;
  const isTitle = isFirst && (text === reading.title || !namedSectionKind(text));
  flush(reading);
  if (isTitle) {
    reading.heading = text;
    return;
  }
  reading.hasSection = true;
  if (!plainTitles.has(text)) reading.other.push(text);
  while ((reading.above.at(-1)?.depth ?? 0) >= depth) reading.above.pop();
  const kind = namedSectionKind(text) ?? reading.above.at(-1)?.kind ?? sectionKind(text);
  reading.above.push({ depth, kind });
  reading.lastHeading = text;
}

/** Prose that turned out to belong to no step. */
function flush(reading: Reading): void {
  const target = reading.hasSection ? reading.notes : reading.lead;
  target.push(...reading.pending);
  reading.pending = [];
}

function readStep(line: number, fence: Fence, reading: Reading): void {
  const title = reading.pending.at(-1) ?? (reading.lastHeading || firstLine(fence.content));
  const before = reading.pending.slice(0, -1);
  reading.pending = [];
  // Without a section yet, what stands above the title is about the whole runbook.
  if (!reading.hasSection && reading.steps.length === 0) reading.lead.push(...before.splice(0));
  const kind = reading.above.at(-1)?.kind ?? 'diagnostic';
  reading.steps.push({ kind, title, notes: normaliseProse(before), line, fence });
}

function firstLine(content: string): string {
  const [line = ''] = content.trim().split('\n');
  return line.slice(0, 120).trim() || 'Run';
}
