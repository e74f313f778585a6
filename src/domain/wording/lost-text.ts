import type { Reply } from '../reply.ts';
import { notice } from './notices.ts';

export interface Lost {
  readonly title: string;
  /** Null when it left the inventory. */
  readonly host: string | null;
  /** Its run goes on, so that somebody can choose. */
  readonly isActive: boolean;
  /** It was a part of a step over a group, whose card offers a choice once all that is at work has ended. */
  readonly isPart: boolean;
}

/** What a thread is told of a step that ran when Recourse was interrupted. */
export function lostNotice({ title, host, isActive, isPart }: Lost): Reply {
  const happened = `Recourse was interrupted while "${title}" ran on ${host ?? 'its host'}. Whether it ended there is unknown, and it is not run again by itself. The host is asked what it knows.`;
  return notice(`${happened} Look at the host${choiceText(isActive, isPart)}.`, 'bad');
}

function choiceText(isActive: boolean, isPart: boolean): string {
  if (!isActive) return '; the run is over';
  return isPart
    ? '. Once what is at work on the other hosts of its group has ended, press Propose again, Skip or Stop the run on the card of the group; until then Stop the run ends it everywhere'
    : ', then press Propose again, Skip or Stop the run on its card';
}
