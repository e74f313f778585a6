import { collectVariables, type Variables } from './collect-variables.ts';
import type { CommandTree, Statement, Word } from './command-tree.ts';
import { expandWord } from './expand-word.ts';
import { judgeAssignment } from './judge-assignment.ts';
import { judgeCall } from './judge-call.ts';
import { judgeRedirection } from './judge-redirection.ts';
import { destructive, readOnly, type Verdict, worstVerdict } from './risk.ts';
import type { Scope, Stdin } from './rule.ts';
import { findRule } from './rules/find-rule.ts';
import { commandsIn, literalOf } from './word.ts';

/** How deep commands may hide in commands (`sudo sh -c "ssh x 'sh -c …'"`) before nobody can follow. */
const DEEPEST = 8;

/** What is known while one text is judged. */
interface Context {
  readonly parse: (text: string) => CommandTree;
  readonly depth: number;
  readonly variables: Variables;
  /** Functions that the text defines; their bodies are judged where they are defined. */
  readonly functions: Set<string>;
}

/**
 * Judges a shell text: the worst of everything in it that may run, unwrapped down to the programs that do the
 * work. Fails closed: what does not parse, is not known, or is known only at run time is destructive.
 */
export function classifyCommand(text: string, parse: (text: string) => CommandTree): Verdict {
  return judgeText(text, { parse, depth: 0, variables: new Map(), functions: new Set() });
}

function judgeText(text: string, outer: Context): Verdict {
  if (outer.depth > DEEPEST) return destructive('commands are nested too deeply');
  const tree = outer.parse(text);
  if (tree.kind === 'unparsable') return destructive(`the command cannot be parsed: ${tree.why}`);
  const context: Context = {
    ...outer,
    depth: outer.depth + 1,
    variables: collectVariables(tree.statements, outer.variables),
    functions: new Set(),
  };
  return judgeAll(tree.statements, context, { kind: 'inherited' });
}

function judgeAll(statements: readonly Statement[], context: Context, stdin: Stdin): Verdict {
  const verdicts = statements.map((statement) => judgeStatement(statement, context, stdin));
  return worstVerdict(verdicts, readOnly('runs nothing'));
}

function judgeStatement(statement: Statement, context: Context, stdin: Stdin): Verdict {
  switch (statement.kind) {
    case 'command':
      return judgeSimpleCommand(statement, context, stdin);
    case 'pipeline':
      return worstVerdict(
        statement.stages.map((stage, index) =>
          judgeStatement(stage, context, index === 0 ? stdin : { kind: 'piped' }),
        ),
        readOnly('runs nothing'),
      );
    case 'group':
      return worstVerdict(
        [
          judgeAll(statement.body, context, stdinOf(statement, stdin)),
          ...(statement.variable === null ? [] : [judgeAssignment({ name: statement.variable })]),
          ...statement.redirections.map(judgeRedirection),
          ...judgeWordsOf([...statement.words, ...redirectedWords(statement)], context),
        ],
        readOnly('runs nothing'),
      );
    case 'function':
      return judgeFunction(statement, context);
    default:
      return statement satisfies never;
  }
}

function judgeSimpleCommand(
  command: Extract<Statement, { kind: 'command' }>,
  context: Context,
  stdin: Stdin,
): Verdict {
  const assigned = command.assignments.flatMap(({ value, words }) => (value ? [value] : words));
  const inside = judgeWordsOf([...command.words, ...assigned, ...redirectedWords(command)], context);
  const own = [...command.assignments.map(judgeAssignment), ...command.redirections.map(judgeRedirection)];
  const [program, ...args] = command.words;
  const words = args.flatMap((word) => expandWord(word, context.variables));
  const call = program ? [judgeProgram([program, ...words], context, stdinOf(command, stdin))] : [];
  return worstVerdict([...call, ...own, ...inside], readOnly('runs nothing'));
}

function judgeProgram(words: readonly Word[], context: Context, stdin: Stdin): Verdict {
  const [program] = words;
  const name = program && literalOf(program);
  if (name && context.functions.has(name)) return readOnly(`${name} is defined in the same text`);
  const scope: Scope = {
    judgeWords: (inner, innerStdin) => judgeProgram(inner, { ...context, functions: new Set() }, innerStdin),
    judgeCode: (code) =>
      code === null ? destructive('runs code that is known only when it runs') : judgeText(code, context),
  };
  return judgeCall(words, stdin, scope);
}

/** A function is judged where it is defined. Its name must be new, so that it cannot stand for another program. */
function judgeFunction({ name, body }: Extract<Statement, { kind: 'function' }>, context: Context): Verdict {
  if (findRule(name)) return destructive(`a function takes the name of ${name}`);
  const verdict = judgeStatement(body, context, { kind: 'inherited' });
  context.functions.add(name);
  return verdict;
}

function judgeWordsOf(words: readonly Word[], context: Context): readonly Verdict[] {
  return words.flatMap(commandsIn).map((inner) => judgeStatement(inner, context, { kind: 'inherited' }));
}

type WithRedirections = Extract<Statement, { kind: 'command' | 'group' }>;

function redirectedWords({ redirections }: WithRedirections): readonly Word[] {
  return redirections.map((redirection) =>
    redirection.kind === 'text' ? redirection.body : redirection.target,
  );
}

function stdinOf({ redirections }: WithRedirections, outer: Stdin): Stdin {
  const last = redirections.findLast(
    (redirection) => redirection.kind === 'text' || redirection.operator.startsWith('<'),
  );
  if (!last) return outer;
  return last.kind === 'text' ? { kind: 'text', text: literalOf(last.body) } : { kind: 'piped' };
}
