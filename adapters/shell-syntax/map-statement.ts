import type { Node } from 'web-tree-sitter';
import type { Assignment, Group, SimpleCommand, Statement, Word } from '#domain/risk/command-tree.ts';
import { ownValue } from '#domain/text/own-value.ts';
import { mapRedirectedStatement } from './map-redirected-statement.ts';
import { mapFileRedirect, mapHereString } from './map-redirection.ts';
import { childrenOf, fieldOf, type Mapping, refuse, substitutionsIn } from './syntax-node.ts';

const separators = new Set([';', '&', '\n', '&&', '||', '|', '|&', ';;', ';&', ';;&', '{', '}', '(', ')']);
const keywords = new Set(['if', 'then', 'elif', 'else', 'fi', 'do', 'done', 'while', 'until', '!']);

type StatementMapper = (node: Node, mapping: Mapping) => Statement;

const statementMappers: Readonly<Record<string, StatementMapper>> = {
  command: mapCommand,
  variable_assignment: (node, mapping) => command([mapAssignment(node, mapping)], []),
  variable_assignments: (node, mapping) =>
    command(
      childrenOf(node).map((child) => mapAssignment(child, mapping)),
      [],
    ),
  declaration_command: mapDeclaration,
  unset_command: mapDeclaration,
  pipeline: mapPipeline,
  redirected_statement: mapRedirectedStatement,
  file_redirect: mapRedirectedStatement,
  function_definition: mapFunction,
  test_command: mapTest,
  compound_statement: mapBlock,
  list: mapBlock,
  subshell: mapBlock,
  negated_command: mapBlock,
  if_statement: mapBlock,
  elif_clause: mapBlock,
  else_clause: mapBlock,
  while_statement: mapBlock,
  do_group: mapBlock,
  for_statement: mapFor,
  c_style_for_statement: mapCStyleFor,
  case_statement: mapCase,
};

/** The statements among some sibling nodes, in order. */
export function mapStatements(nodes: readonly Node[], mapping: Mapping): readonly Statement[] {
  const isBehind = (node: Node, index: number) =>
    node.type === 'function_definition' && nodes[index + 1]?.type === '&';
  if (nodes.some(isBehind)) refuse('a function that only a background shell knows');
  return nodes
    .filter((node) => node.type !== 'comment' && !separators.has(node.type) && !keywords.has(node.type))
    .map((node) => {
      const mapper = ownValue(statementMappers, node.type);
      if (!mapper) refuse(`syntax that is not understood: ${node.text.slice(0, 40)}`);
      return mapper(node, mapping);
    });
}

function command(assignments: readonly Assignment[], words: readonly Word[]): SimpleCommand {
  return { kind: 'command', assignments, words, redirections: [] };
}

function group(body: readonly Statement[], words: readonly Word[], variable: string | null = null): Group {
  return { kind: 'group', body, redirections: [], words, variable };
}

function mapCommand(node: Node, mapping: Mapping): SimpleCommand {
  const assignments: Assignment[] = [];
  const words: Word[] = [];
  const redirections = [];
  for (const child of childrenOf(node)) {
    if (child.type === 'variable_assignment') assignments.push(mapAssignment(child, mapping));
    else if (child.type === 'file_redirect' || child.type === 'herestring_redirect') {
      const mapped =
        child.type === 'file_redirect' ? mapFileRedirect(child, mapping) : mapHereString(child, mapping);
      redirections.push(...mapped.redirections);
      words.push(...mapped.strayWords);
    } else words.push(mapping.word(child));
  }
  return { kind: 'command', assignments, words, redirections };
}

function mapAssignment(node: Node, mapping: Mapping): Assignment {
  const [name] = fieldOf(node, 'name');
  const [value] = fieldOf(node, 'value');
  if (node.type !== 'variable_assignment' || !name)
    refuse(`an assignment that is not understood: ${node.text}`);
  if (name.type === 'subscript' && substitutionsIn(name).length > 0) refuse('a command in an array index');
  const variable = name.text.replace(/\[[\s\S]*$/u, '');
  if (value?.type === 'array') {
    const elements = childrenOf(value).filter((child) => child.isNamed);
    return { name: variable, value: null, words: elements.map(mapping.word) };
  }
  const plain = childrenOf(node)[1]?.type === '=' && name.type === 'variable_name';
  const word = value ? mapping.word(value) : { source: '', parts: [] };
  return plain ? { name: variable, value: word, words: [] } : { name: variable, value: null, words: [word] };
}

/** `export A=b C`, `unset C`: the words are kept as written, assignments are listed as well. */
function mapDeclaration(node: Node, mapping: Mapping): SimpleCommand {
  const [keyword, ...rest] = childrenOf(node);
  if (!keyword) refuse('an empty declaration');
  const program: Word = {
    source: keyword.text,
    parts: [{ kind: 'literal', text: keyword.text, quoted: false }],
  };
  const assigned = rest.filter((child) => child.type === 'variable_assignment');
  const others = rest.filter((child) => child.type !== 'variable_assignment');
  return command(
    assigned.map((child) => mapAssignment(child, mapping)),
    [program, ...others.map(mapping.word)],
  );
}

function mapPipeline(node: Node, mapping: Mapping): Statement {
  return { kind: 'pipeline', stages: mapping.statements(childrenOf(node)) };
}

function mapFunction(node: Node, mapping: Mapping): Statement {
  const [name] = fieldOf(node, 'name');
  const body = mapping.statements(fieldOf(node, 'body'));
  if (!name || fieldOf(node, 'redirect').length > 0) refuse('a function that is not understood');
  return { kind: 'function', name: name.text, body: group(body, []) };
}

function mapBlock(node: Node, mapping: Mapping): Group {
  const children = childrenOf(node);
  // In shells without arithmetic commands `((rm x))` runs rm in a subshell.
  if (children[0]?.type === '((') refuse('(( … )) means different things in different shells');
  return group(mapping.statements(children), []);
}

function mapTest(node: Node, mapping: Mapping): Group {
  const isBracket = childrenOf(node)[0]?.type === '[';
  if (isBracket && /[<>]/.test(node.text.replace(/\\[<>]|"[<>]"|'[<>]'|\$\([\s\S]*\)/gu, ''))) {
    refuse('[ … ] with a redirection');
  }
  if (/\s-v\s+(?!\w+[\s\]])/u.test(node.text)) refuse('a test of a variable whose name may run code');
  const words = substitutionsIn(node).map(mapping.word);
  return group([], words);
}

function mapFor(node: Node, mapping: Mapping): Group {
  const [variable] = fieldOf(node, 'variable');
  const values = fieldOf(node, 'value').map(mapping.word);
  return group(mapping.statements(fieldOf(node, 'body')), values, variable?.text ?? null);
}

function mapCStyleFor(node: Node, mapping: Mapping): Group {
  if (substitutionsIn(node).length > 0 && /^for\s*\(\([\s\S]*?(?:\$\(|`|<\()[\s\S]*?\)\)/u.test(node.text)) {
    refuse('a command in a for (( … ))');
  }
  return group(mapping.statements(fieldOf(node, 'body')), []);
}

function mapCase(node: Node, mapping: Mapping): Group {
  const subject = fieldOf(node, 'value').map(mapping.word);
  const items = childrenOf(node).filter((child) => child.type === 'case_item');
  const bodies = items.flatMap((item) => {
    const patterns = new Set(fieldOf(item, 'value').map((value) => value.id));
    return mapping.statements(childrenOf(item).filter((child) => !patterns.has(child.id)));
  });
  const patterns = items.flatMap((item) => fieldOf(item, 'value').map(mapping.word));
  return group(bodies, [...subject, ...patterns]);
}
