import type { Action } from '#domain/action.ts';
import type { ChatIntent, MessagePosted, Place } from '#domain/intent.ts';
import type { FormValues } from '#domain/reply.ts';
import type { TestBot } from './application.ts';
import type { TestDatabase } from './databases.ts';
import { someSpeaker } from './rows.ts';

/** The same bot, driven in a channel other than that of `TestBot`; `open` is what the platform tells of it. */
export function inChannel(db: TestDatabase, bot: TestBot, channel: string, open?: boolean) {
  const place = (thread: string | null): Place => ({ workspace: bot.workspace, channel, thread, open });
  const speaker = (who: string) => someSpeaker(who);
  const threads: string[] = [];
  const hand = (intent: ChatIntent) => bot.hand(intent);
  return {
    say: async (who: string, text: string, alert?: MessagePosted['alert']): Promise<string> => {
      const id = db.ids.nonce();
      const said = { place: place(null), speaker: speaker(who), id, text, mentionsBot: true, at: 1, alert };
      await hand({ kind: 'message-posted', ...said });
      threads.push(id);
      return id;
    },
    slash: (who: string, text: string) =>
      hand({ kind: 'command-given', place: place(null), speaker: speaker(who), text }),
    press: (who: string, thread: string | null, action: Action) =>
      hand({ kind: 'button-pressed', place: place(thread), speaker: speaker(who), action }),
    submit: (who: string, thread: string | null, action: Action, values: FormValues) =>
      hand({ kind: 'form-submitted', place: place(thread), speaker: speaker(who), action, values }),
    suggest: (who: string, typed: string) => bot.suggest(who, 'runbook', typed, channel),
    /** Everything that the bot said there, to everybody and to one person alone. */
    said: async (): Promise<string> => {
      const roots = await db.conversationLog.channel(bot.workspace, channel, 500);
      const all = [];
      for (const id of [...threads, ...roots.map(({ message }) => message.id)])
        all.push(await db.conversationLog.thread(bot.workspace, id, 500));
      return JSON.stringify([roots, all]);
    },
  };
}
