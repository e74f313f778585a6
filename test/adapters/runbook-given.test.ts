import { expect, it } from 'vitest';
import { createRunbookParser } from '#adapters/markdown/create-runbook-parser.ts';
import { matchWhole } from '#adapters/system/match-pattern.ts';

const parse = (attributes: string, command = 'true', front = true) => {
  const head = '---\ntitle: Given\nparameters:\n  host: { type: host }\n  level: { type: int }\n---\n';
  const source = `${front ? head : '# Given\n'}\n## Check\n\nLook.\n\n\`\`\`sh ${attributes}\n${command}\n\`\`\`\n`;
  return createRunbookParser(matchWhole).parse(source, 'given.md');
};

const givenOf = (attributes: string) => {
  const parsed = parse(attributes);
  if (parsed.kind === 'invalid') throw new Error(JSON.stringify(parsed.problems));
  return parsed.runbook.steps[0]?.given;
};

const problemsOf = (attributes: string): string => {
  const parsed = parse(attributes);
  return parsed.kind === 'invalid' ? parsed.problems.map(({ message }) => message).join('; ') : '';
};

it('a step names its variables, each with a text, a parameter or a secret, in the order of their names', () => {
  const env = '{"env":{"LEVEL":"v{{level}}","DB_PASSWORD":{"secret":"runbooks/db"},"FORMAT":"{{.Names}}"}}';
  expect(givenOf(env)).toEqual({
    environment: [
      { name: 'DB_PASSWORD', secret: 'runbooks/db' },
      { name: 'FORMAT', text: '{{.Names}}' },
      { name: 'LEVEL', text: 'v{{level}}' },
    ],
    input: null,
  });
  expect(givenOf('{"id":"plain"}')).toBeUndefined();
  expect(givenOf('{"env":{}}')).toBeUndefined();
});

it('a step reads one secret from its standard input or a descriptor', () => {
  expect(givenOf('{"stdin":{"secret":"runbooks/db"}}')?.input).toEqual({
    descriptor: 0,
    secret: 'runbooks/db',
  });
  expect(givenOf('{"fd":{"3":{"secret":"runbooks/db"}}}')?.input).toEqual({
    descriptor: 3,
    secret: 'runbooks/db',
  });
});

it.each([
  ['{"env":["A"]}', '"env" must be an object'],
  ['{"env":{"a-b":"x"}}', 'cannot be the name'],
  ['{"env":{"PATH":"/tmp"}}', 'would decide what the command runs'],
  ['{"env":{"LD_PRELOAD":"/tmp/x.so"}}', 'would decide what the command runs'],
  ['{"env":{"UID":"0"}}', 'UID belongs to the shell of the host'],
  ['{"env":{"A":1}}', 'A must be a text'],
  ['{"env":{"A":"x\\ny"}}', 'no line breaks'],
  ['{"env":{"A":"{{nobody}}"}}', '{{nobody}} in A is not declared'],
  ['{"env":{"A":{"secret":"ssh/web"}}}', 'under runbooks/'],
  ['{"env":{"A":{"secret":"slack/bot-token"}}}', 'under runbooks/'],
  ['{"env":{"A":{"secret":"runbooks/../ssh/web"}}}', 'must name a secret'],
  ['{"env":{"A":{"secret":"runbooks/db","also":1}}}', 'nothing else'],
  ['{"env":{"A":{"vault":"kv/data/x#y"}}}', 'must name its secret'],
  ['{"stdin":"text"}', '"stdin" must be a secret'],
  ['{"fd":{"2":{"secret":"runbooks/db"}}}', 'from 3 to 9'],
  ['{"fd":{"3":{"secret":"runbooks/db"},"4":{"secret":"runbooks/db"}}}', 'from 3 to 9'],
  ['{"stdin":{"secret":"runbooks/a"},"fd":{"3":{"secret":"runbooks/b"}}}', 'cannot stand together'],
])('%s is refused', (attributes, message) => {
  expect(problemsOf(attributes)).toContain(message);
});

it('a variable that an imported step is given is no parameter of its command', () => {
  const parsed = parse('{"env":{"REGION":"eu"}}', 'echo $REGION $ZONE', false);
  expect(parsed).toMatchObject({ runbook: { steps: [{ command: 'echo $REGION {{zone}}' }] } });
});
