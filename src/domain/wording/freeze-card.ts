import type { Freeze } from '../policy/change-hours.ts';
import type { Reply } from '../reply.ts';
import { formatTime } from './format.ts';
import { notice } from './notices.ts';

/** What is frozen now, for whoever asks. */
export function freezeCard(freeze: Freeze | undefined): Reply {
  if (!freeze) return notice('Nothing is frozen here.');
  return notice(`Changes are frozen ${lasting(freeze)}: ${freeze.reason}`, 'waiting');
}

/** For everybody in the channel, because it concerns what they are about to do. */
export function frozenNotice(by: string, freeze: Freeze): Reply {
  const text = `${by} froze all changes ${lasting(freeze)}: ${freeze.reason} What only reads can still be run; what runs now goes on.`;
  return notice(text, 'waiting');
}

/** The same for its end. */
export function liftedNotice(by: string): Reply {
  return notice(`${by} ended the freeze: changes can be approved again.`);
}

const lasting = ({ until }: Freeze): string =>
  until === null ? 'until somebody ends it' : `until ${formatTime(until)}`;
