import type { ChatIntent, Speaker } from '#domain/intent.ts';

/** How a speaker was kept before there were standings: only other bots were told from people. */
type EarlierSpeaker = Pick<Speaker, 'externalId' | 'name'> & { readonly isBot: boolean };

/** An intent as the inbox kept it, which may have been an earlier program. */
export type KeptIntent = ChatIntent | (Omit<ChatIntent, 'speaker'> & { readonly speaker: EarlierSpeaker });

/** The intent in today's form. A replica of an earlier version may still write the form before. */
export function readKeptIntent(kept: KeptIntent): ChatIntent {
  return 'isBot' in kept.speaker
    ? ({ ...kept, speaker: inStanding(kept.speaker) } as ChatIntent)
    : (kept as ChatIntent);
}

function inStanding({ isBot, externalId, name }: EarlierSpeaker): Speaker {
  return { externalId, name, standing: isBot ? 'bot' : 'member', groups: [] };
}
