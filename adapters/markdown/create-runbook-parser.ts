import type { ParsedRunbook, RunbookParser } from '#ports/runbook-parser.ts';
import { parseAgentYaml } from './parse-agent-yaml.ts';
import { parseMarkdownRunbook } from './parse-markdown-runbook.ts';

/** A page of prose and commands is far smaller; what is bigger is not a runbook. */
const longestSource = 512 * 1024;

/** The RunbookParser for Markdown, and for `.yaml` and `.yml` files of agent-style steps. */
export function createRunbookParser(): RunbookParser {
  return { parse: parseSource };
}

function parseSource(source: string, fileName: string): ParsedRunbook {
  if (source.length > longestSource) return invalid(`it is longer than ${longestSource} characters`);
  // A byte order mark would hide the front matter.
  const text = source.replace(/^\ufeff/, '');
  try {
    return /\.ya?ml$/i.test(fileName) ? parseAgentYaml(text, fileName) : parseMarkdownRunbook(text, fileName);
  } catch (error) {
    if (error instanceof RangeError) return invalid('it is nested too deeply');
    throw error;
  }
}

function invalid(message: string): ParsedRunbook {
  return { kind: 'invalid', problems: [{ line: 1, message }] };
}
