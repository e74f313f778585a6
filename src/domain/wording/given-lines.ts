import type { Given } from '../runbook/given.ts';
import { quoteWord } from '../runbook/quote-word.ts';

/** What a step is given, a line each; secrets by their names. Whoever approves the step must see all of it. */
export function givenLines({ environment, input }: Given): readonly string[] {
  const lines = environment.map((one) =>
    'text' in one ? `${one.name}=${quoteWord(one.text)}` : `${one.name} ← secret ${one.secret}`,
  );
  if (input === null) return lines;
  const where = input.descriptor === 0 ? 'standard input' : `file descriptor ${input.descriptor}`;
  return [...lines, `${where} ← secret ${input.secret}`];
}
