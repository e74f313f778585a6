import { collectVariables, type Variables } from './collect-variables.ts';
import type { CommandTree, Statement, Word } from './command-tree.ts';
import { expandWord } from './expand-word.ts';
import { judgeAssignment } from './judge-assignment.ts';
import { judgeCall } from './judge-call.ts';
import { judgeRedirection } from './judge-redirection.ts';
import { destructive, readOnly, type Verdict, worstVerdict } from './risk.ts';
import type { Scope, Stdin } from './rule.ts';
import { findRule } from './rules/find-rule.ts';
import { textPrintedBy } from './text-printed-by.ts';
import { commandsIn, literalOf } from './word.ts';

/** How deep commands may hide in commands (`sudo sh -c "ssh x 'sh -c …'"`) before nobody can follow. */
const DEEPEST = 8;

/** What is known while one text is judged. */
interface Context {
  readonly parse: (text: string) => CommandTree;
  readonly depth: number;
  readonly variables: Variables;
  /** Functions that the text has certainly defined; their bodies are judged where they are defined. */
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
  const verdicts = tree.statements.map((statement) => {
    const verdict = judgeStatement(statement, context, { kind: 'inherited' });
    // Defined in a branch or a subshell, the name may still be that of a program where it is called.
    if (statement.kind === 'function') context.functions.add(statement.name);
    return verdict;
  });
  return worstVerdict(verdicts, readOnly('runs nothing'));
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
          judgeStatement(stage, context, index === 0 ? stdin : pipedFrom(statement.stages[index - 1])),
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
  const reads = command.words[0] && literalOf(command.words[0]) === 'read';
  const own = [
    // `IFS=: read a b` says how one line is cut, and nothing else.
    ...command.assignments
      .filter(({ name }) => !(reads && name === 'IFS'))
      .map((assignment) => judgeAssignment(assignment)),
    ...command.redirections.map(judgeRedirection),
  ];
  const [program, ...args] = command.words;
  const words = args.flatMap((word) => expandWord(word, context.variables));
  const call = program ? [judgeProgram([program, ...words], context, stdinOf(command, stdin))] : [];
  return worstVerdict([...call, ...own, ...inside], readOnly('runs nothing'));
}

function judgeProgram(words: readonly Word[], context: Context, stdin: Stdin): Verdict {
  // `sudo sudo sudo …` is a nesting too.
  if (context.depth > DEEPEST + 1) return destructive('commands are nested too deeply');
  const [program] = words;
  const name = program && literalOf(program);
  if (name === 'unset' && words.some((word) => context.functions.has(literalOf(word) ?? '')))
    return destructive('takes a function away, so that its name is that of a program');
  if (name && context.functions.has(name)) return readOnly(`${name} is defined in the same text`);
  const scope: Scope = {
    judgeWords: (inner, innerStdin) =>
      judgeProgram(inner, { ...context, depth: context.depth + 1, functions: new Set() }, innerStdin),
    judgeCode: (code) =>
      code === null ? destructive('runs code that is known only when it runs') : judgeText(code, context),
  };
  return judgeCall(words, stdin, scope);
}

/** A function is judged where it is defined. Its name must be new, so that it cannot stand for another program. */
function judgeFunction({ name, body }: Extract<Statement, { kind: 'function' }>, context: Context): Verdict {
  if (findRule(name)) return destructive(`a function takes the name of ${name}`);
  return judgeStatement(body, context, { kind: 'inherited' });
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

/** What a stage hands on is known when it only prints fixed text. */
function pipedFrom(stage: Statement | undefined): Stdin {
  const text = stage ? textPrintedBy(stage) : null;
  return text === null ? { kind: 'piped' } : { kind: 'text', text };
}

function stdinOf({ redirections }: WithRedirections, outer: Stdin): Stdin {
  const last = redirections.findLast(
    (redirection) => redirection.kind === 'text' || redirection.operator.startsWith('<'),
  );
  if (!last) return outer;
  return last.kind === 'text' ? { kind: 'text', text: literalOf(last.body) } : { kind: 'piped' };
}
