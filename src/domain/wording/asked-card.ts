import type { Person } from '../person.ts';
import type { Reply } from '../reply.ts';
import { oneLine } from './format.ts';

const longestQuote = 2_000;

/** Opens the thread of a question that came as a command: everybody sees who asks and what. */
export function askedCard({ externalId, name }: Person, question: string): Reply {
  return {
    summary: `${name} asks: ${oneLine(question, 120)}`,
    tone: 'plain',
    blocks: [
      { kind: 'text', line: [{ kind: 'person', externalId, name }, ' asks:'] },
      { kind: 'text', line: [question.slice(0, longestQuote).toWellFormed()] },
    ],
  };
}

/** Opens, or stands in, the thread of a run that somebody started by the name of its runbook. */
export function askedByNameCard({ externalId, name }: Person, title: string): Reply {
  return {
    summary: `${name} starts ${title}, asked for by name`,
    tone: 'plain',
    blocks: [
      {
        kind: 'text',
        line: [
          { kind: 'person', externalId, name },
          ' starts ',
          { kind: 'bold', text: title },
          ', asked for by name. Nothing runs before somebody approves it.',
        ],
      },
    ],
  };
}
