import type { WorkspaceId } from '#domain/ids.ts';
import type { ConversationLog, LoggedMessage } from '#ports/conversation-log.ts';
import type { Logger } from '#ports/logger.ts';
import { limits } from '../limits.ts';
import { createMailbox, type Mailbox } from './mailbox.ts';

/** A message that is new or changed, as the log has it now. */
export interface Change {
  readonly message: LoggedMessage;
  /** The number of replies that everybody sees in its thread. */
  readonly replies: number;
}

export interface LiveFeed {
  /** From now on every change is put into the mailbox, until it is closed. */
  subscribe(): Mailbox<Change>;
  unsubscribe(mailbox: Mailbox<Change>): void;
  /** Tells every open page, in the order of the calls. Resolves when it is done and never rejects. */
  announce(id: string): Promise<void>;
  /** Ends every subscription. */
  close(): void;
}

export function createLiveFeed(options: {
  readonly workspace: WorkspaceId;
  readonly log: ConversationLog;
  readonly logger: Logger;
}): LiveFeed {
  const mailboxes = new Set<Mailbox<Change>>();
  let last: Promise<void> = Promise.resolve();
  const closeAll = (): void => {
    for (const mailbox of mailboxes) mailbox.close();
  };
  const tell = async (id: string): Promise<void> => {
    if (mailboxes.size === 0) return;
    try {
      const change = await readChange(options.log, options.workspace, id);
      if (change !== undefined) for (const mailbox of mailboxes) mailbox.put(id, change);
    } catch (error) {
      // A page that missed a change must not look up to date: ended, it comes back and reads everything.
      options.logger.warn({ error, message: id }, 'Could not tell the open pages of a change');
      closeAll();
    }
  };
  return {
    subscribe() {
      const mailbox = createMailbox<Change>(limits.waitingChanges);
      mailboxes.add(mailbox);
      return mailbox;
    },
    unsubscribe(mailbox) {
      mailboxes.delete(mailbox);
      mailbox.close();
    },
    announce(id) {
      last = last.then(() => tell(id));
      return last;
    },
    close: closeAll,
  };
}

async function readChange(
  log: ConversationLog,
  workspace: WorkspaceId,
  id: string,
): Promise<Change | undefined> {
  const message = await log.find(workspace, id);
  if (message === undefined) return undefined;
  const [, ...replies] = await log.thread(workspace, message.thread ?? message.id, limits.threadMessages);
  return { message, replies: replies.filter((reply) => reply.onlyFor === null).length };
}
