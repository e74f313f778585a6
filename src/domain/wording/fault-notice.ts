import { Fault } from '../fault.ts';
import type { Reply } from '../reply.ts';

/** What a person reads when something broke: what happened, what is safe, what to do. */
export function faultNotice(error: unknown): Reply {
  const { what, advice } = describeFault(error);
  return {
    summary: what,
    tone: 'bad',
    blocks: [
      { kind: 'text', line: [{ kind: 'bold', text: what }] },
      { kind: 'text', line: ['Nothing ran because of this message.'] },
      { kind: 'note', line: [advice] },
    ],
  };
}

/** What whoever asked by command reads when the thread for it could not be opened. */
export function unopenedNotice(error: unknown): Reply {
  const { what, advice } = describeFault(error);
  const lead = 'What you asked for was not begun: I could not post in this channel.';
  return {
    summary: `${lead} ${advice}`,
    tone: 'bad',
    blocks: [
      { kind: 'text', line: [{ kind: 'bold', text: lead }, ` ${what}`] },
      { kind: 'text', line: [advice] },
    ],
  };
}

export function describeFault(error: unknown): { readonly what: string; readonly advice: string } {
  if (error instanceof Fault) return { what: error.message, advice: error.advice };
  return {
    what: 'Something went wrong inside Recourse.',
    advice: 'The log of the process has the details; please report them.',
  };
}
