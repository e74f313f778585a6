import type { MatchWhole } from '#domain/text/match.ts';
import type { ParsedRunbook, Problem, RunbookParser } from '#ports/runbook-parser.ts';
import { parseAgentYaml } from './parse-agent-yaml.ts';
import { parseMarkdownRunbook } from './parse-markdown-runbook.ts';
import { splitRecord } from './solution-files/split-record.ts';

/** A page of prose and commands is far smaller; what is bigger is not a runbook. */
const longestSource = 512 * 1024;

/**
 * The RunbookParser for Markdown, and for `.yaml` and `.yml` files of agent-style steps. `matchWhole` holds the defaults of
 * parameters against their patterns.
 */
export function createRunbookParser(matchWhole: MatchWhole): RunbookParser {
  return { parse: (source, fileName) => parseSource(source, fileName, matchWhole) };
}

function parseSource(source: string, fileName: string, matchWhole: MatchWhole): ParsedRunbook {
  if (source.length > longestSource) return invalid(`it is longer than ${longestSource} characters`);
  // A byte order mark would hide the front matter.
  const whole = source.replace(/^\ufeff/, '');
  try {
    if (/\.ya?ml$/i.test(fileName)) return parseAgentYaml(whole, fileName, matchWhole);
    const { text, lineInFile } = splitRecord(whole);
    return atLines(parseMarkdownRunbook(text, fileName, matchWhole), lineInFile);
  } catch (error) {
    if (error instanceof RangeError) return invalid('it is nested too deeply');
    throw error;
  }
}

/** A file of exported knowledge has lines that are not the runbook's. */
function atLines(parsed: ParsedRunbook, lineInFile: (line: number) => number): ParsedRunbook {
  const move = (problems: readonly Problem[]) =>
    problems.map((problem) => ({ ...problem, line: lineInFile(problem.line) }));
  return parsed.kind === 'invalid'
    ? { ...parsed, problems: move(parsed.problems) }
    : { ...parsed, warnings: move(parsed.warnings) };
}

function invalid(message: string): ParsedRunbook {
  return { kind: 'invalid', problems: [{ line: 1, message }] };
}
