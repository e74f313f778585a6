import { normaliseParagraph } from '#domain/runbook/prose.ts';
import type { MatchWhole } from '#domain/text/match.ts';
import type { ParsedRunbook } from '#ports/runbook-parser.ts';
import { assemble, importedParameter, titleFromFileName, withHost } from './assemble.ts';
import { type BuiltStep, buildSteps } from './build-steps.ts';
import { checkSteps } from './check-steps.ts';
import { type Block, readBlocks } from './markdown-blocks.ts';
import { byLine, newProblemList, type ProblemList } from './problem-list.ts';
import { emptyFrontMatter, type FrontMatter, readFrontMatter } from './read-front-matter.ts';
import { isStepFence, readSections } from './read-sections.ts';

/**
 * Reads a Markdown runbook. With front matter it is one of ours and read strictly; without it is imported:
 * title from the heading, placeholders become parameters, oddities are only warnings.
 */
export function parseMarkdownRunbook(
  source: string,
  fileName: string,
  matchWhole: MatchWhole,
): ParsedRunbook {
  const problems = newProblemList();
  const blocks = readBlocks(source);
  const [first] = blocks;
  const matter = first?.kind === 'front-matter' ? first : null;
  const isImport = matter === null;
  const front = matter
    ? readFrontMatter({ text: matter.text, firstLine: matter.line + 1 }, problems, matchWhole)
    : emptyFrontMatter;
  const sections = readSections(blocks, front.title);
  const { steps, imported } = buildSteps(sections.steps, isImport, problems);
  const parameters = withHost([...front.parameters, ...imported.map(importedParameter)], steps);
  checkSteps(steps, parameters, problems);
  tellUnused(blocks, steps, isImport, problems);
  if (problems.errors.length > 0) return { kind: 'invalid', problems: byLine(problems.errors) };
  const title = titleOf(front, sections.heading, fileName, problems);
  const { lead, notes, otherText } = sections;
  const runbook = assemble({ ...front, title, lead, notes, otherText, parameters }, steps);
  return { kind: 'runbook', runbook, warnings: byLine(problems.warnings) };
}

function titleOf(
  front: FrontMatter,
  heading: string | null,
  fileName: string,
  problems: ProblemList,
): string {
  const title = front.title ?? heading;
  if (title) return normaliseParagraph(title);
  problems.warnings.push({ line: 1, message: 'no heading of the first level; the file name is the title' });
  return titleFromFileName(fileName);
}

function tellUnused(
  blocks: readonly Block[],
  steps: readonly BuiltStep[],
  isImport: boolean,
  problems: ProblemList,
): void {
  if (steps.length === 0) problems.warnings.push({ line: 1, message: 'there is no step in this runbook' });
  for (const block of blocks) {
    if (block.kind !== 'code' || isStepFence(block.fence)) continue;
    const { language, isClosed } = block.fence;
    if (!isClosed) problems.errors.push({ line: block.line, message: 'this fence is left open' });
    if (isImport && language === '') {
      problems.warnings.push({
        line: block.line,
        message: 'code without a language is not taken for a step',
      });
    }
  }
}
