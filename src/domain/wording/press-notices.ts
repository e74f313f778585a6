import type { Reply } from '../reply.ts';
import { describeFault } from './fault-notice.ts';
import { notice } from './notices.ts';

/** What was asked for is in hand, and what comes of it comes where everybody sees it. */
export function takenNotice(): Reply {
  return notice('Taken. What comes of it comes in the thread.');
}

/** A form has to be the first answer on some platforms, and it was not there in time. */
export function lateFormNotice(): Reply {
  return notice('The form was not ready in time. Nothing was begun: please do that again.', 'bad');
}

/** A button, a form or a command that is none of the bot's. */
export function unknownPressNotice(): Reply {
  return notice('This does nothing here. Give /recourse help to see what there is.');
}

/** What came once and could not be kept: whoever did it must know, since nobody sends it again. */
export function lostPressNotice(error: unknown): Reply {
  const { what, advice } = describeFault(error);
  return {
    summary: `Not done: ${what}`,
    tone: 'bad',
    blocks: [
      { kind: 'text', line: [{ kind: 'bold', text: 'Not done: ' }, what] },
      { kind: 'text', line: ['Nothing was kept of it and nothing ran. Please do it again in a moment.'] },
      { kind: 'note', line: [advice] },
    ],
  };
}

/** Somebody outside of the workspaces that are served. */
export function unservedNotice(): Reply {
  return notice(
    'Recourse does not work here: whoever runs it has not named this place with RECOURSE_ADMINS.',
  );
}

/** Somebody who wrote in private where that is not open to them. */
export function privateNotice(): Reply {
  return notice('I do not work in private messages here. Ask in a channel.');
}
