import { findPlaceholders } from '#domain/runbook/placeholders.ts';
import { normaliseParagraph, normaliseProse } from '#domain/runbook/prose.ts';
import type { AppliesTo, Parameter, StepKind } from '#domain/runbook/runbook.ts';
import type { MatchWhole } from '#domain/text/match.ts';
import type { ParsedRunbook } from '#ports/runbook-parser.ts';
import { assemble, importedParameter, titleFromFileName, withHost } from './assemble.ts';
import { type BuiltSteps, buildSteps } from './build-steps.ts';
import { checkSteps } from './check-steps.ts';
import { byLine, newProblemList, type ProblemList } from './problem-list.ts';
import { type AgentItem, readAgentItems } from './read-agent-items.ts';
import { readText, readTexts, unknownKey } from './read-front-matter.ts';
import { readParameters } from './read-parameters.ts';
import { parseYaml, type YamlEntry, type YamlReader } from './yaml-nodes.ts';

/** Lists of steps, and the kind of those that do not say it by their action. */
const stepLists: Readonly<Record<string, StepKind>> = {
  prerequisites: 'diagnostic',
  checks: 'diagnostic',
  steps: 'remediation',
  verification: 'validation',
  rollback: 'rollback',
};

const known = [
  'id',
  'name',
  'title',
  'description',
  'platform',
  'tags',
  'owner',
  'alerts',
  'parameters',
  'version',
  ...Object.keys(stepLists),
];

/** The document as it is read. */
interface Document {
  readonly reader: YamlReader;
  readonly problems: ProblemList;
  readonly matchWhole: MatchWhole;
  readonly byKey: ReadonlyMap<string, YamlEntry>;
}

/**
 * Imports an agent-style runbook: `id`, `platform`, `prerequisites`, `steps: [{ action, params }]`,
 * `verification`, `rollback`. Texts in the lists are prose; placeholders in commands become parameters.
 */
export function parseAgentYaml(source: string, fileName: string, matchWhole: MatchWhole): ParsedRunbook {
  const problems = newProblemList();
  const reader = parseYaml(source, 1, problems);
  const entries = reader?.map(reader.root) ?? null;
  if (!reader || !entries) {
    const notMap = { line: 1, message: 'a YAML runbook must be a map with "steps"' };
    return { kind: 'invalid', problems: problems.errors.length > 0 ? problems.errors : [notMap] };
  }
  const unknown = entries.filter(({ key }) => !known.includes(key)).map((entry) => unknownKey(entry, known));
  problems.errors.push(...unknown);
  return readDocument(
    { reader, problems, matchWhole, byKey: new Map(entries.map((entry) => [entry.key, entry])) },
    fileName,
  );
}

function readDocument(document: Document, fileName: string): ParsedRunbook {
  const { reader, problems, byKey } = document;
  const items = Object.entries(stepLists).flatMap(([key, kind]) => {
    const list = byKey.get(key);
    return list ? readAgentItems(list, kind, reader, problems) : [];
  });
  const raw = items.flatMap((item) => (item.kind === 'step' ? [item.step] : []));
  const built = buildSteps(raw, true, problems);
  const parameters = parametersOf(document, built);
  checkSteps(built.steps, parameters, problems);
  if (built.steps.length === 0)
    problems.errors.push({ line: 1, message: 'there is no step in this runbook' });
  const parts = { ...headOf(document, items, fileName), otherText: '', parameters };
  if (problems.errors.length > 0) return { kind: 'invalid', problems: byLine(problems.errors) };
  return { kind: 'runbook', runbook: assemble(parts, built.steps), warnings: byLine(problems.warnings) };
}

/** Declared parameters first, then those that only the commands name. */
function parametersOf(
  { reader, problems, matchWhole, byKey }: Document,
  built: BuiltSteps,
): readonly Parameter[] {
  const entry = byKey.get('parameters');
  const declared = entry ? readParameters(entry, reader, problems, matchWhole) : [];
  const used = built.steps.flatMap(({ step }) => findPlaceholders(step.command).map(({ name }) => name));
  const found = [...new Set(used)].filter((name) => !declared.some((parameter) => parameter.name === name));
  return withHost([...declared, ...found.map(importedParameter)], built.steps);
}

function headOf({ reader, problems, byKey }: Document, items: readonly AgentItem[], fileName: string) {
  const text = (key: string) => {
    const entry = byKey.get(key);
    return entry ? normaliseParagraph(readText(entry, reader, problems) ?? '') : '';
  };
  const texts = (key: string) => {
    const entry = byKey.get(key);
    return entry ? readTexts(entry, reader, problems) : [];
  };
  const sentences = items.flatMap((item) => (item.kind === 'prose' ? [item.text] : []));
  const name = text('name') || text('id').replace(/[-_]+/g, ' ');
  return {
    title: text('title') || name || titleFromFileName(fileName),
    lead: normaliseProse([text('description'), ...sentences]),
    notes: '',
    appliesTo: appliesToPlatform(text('platform').toLowerCase()),
    tags: texts('tags'),
    owner: text('owner'),
    alerts: texts('alerts'),
  };
}

function appliesToPlatform(platform: string): AppliesTo {
  if (platform === '') return {};
  const isSystem = /^(?:linux|ubuntu|debian|rhel|centos|fedora|alpine|windows|macos|darwin|freebsd)\b/.test(
    platform,
  );
  return isSystem ? { os: platform } : { application: platform };
}
